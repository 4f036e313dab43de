// The workspace in the browser: puts its parts together.
import { Composer } from "./composer.js";
import { Messages } from "./messages.js";
import { page } from "./page.js";
import { Panels } from "./panels.js";
import { Pressing } from "./pressing.js";
import { markRead } from "./reading.js";
import { follow } from "./stream.js";

const messages = new Messages(document);
const panels = new Panels(document);
const pressing = new Pressing(document, messages, panels);
const composer = new Composer(document, messages, pressing);

follow((told) => {
  if (told.place === page.place) {
    messages.show(told);
    markRead(messages.newest());
  } else if (!told.mine) {
    panels.markUnread(told.place);
  }
  if (told.bot && told.place === page.direct) panels.refreshHome();
});
messages.arrange();
markRead(messages.newest());
panels.refreshHome();
// A phone would put its keyboard over the welcome.
if (matchMedia("(min-width: 761px)").matches) composer.focus();
document.documentElement.dataset.ready = "yes";
