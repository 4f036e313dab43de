"""The strictest platform's limits, in one table; a card that keeps to them can be drawn everywhere.

Each number names the platform it comes from (Slack's Block Kit reference, Teams' message size). Lengths are
characters as Slack counts them (UTF-16 code units are never fewer than Python's code points for our texts, so a
margin is kept where a text can hold emoji).
"""

CARD_ELEMENTS = 40
"""Slack takes 50 blocks a message; a renderer may need a few more than one for an element."""
CARD_CHARACTERS = 11_000
"""Slack refuses messages whose blocks hold more than about 13,200 characters of text."""
CARD_BUTTONS = 25
CARD_ACTIONS = 8_000
"""All packed actions of a card together; Teams counts them into its 100 KB a message, twice over."""
TEXT = 2_900
"""Slack section text: 3,000."""
HEADING = 140
"""Slack header: 150."""
BULLETS = 20
FACTS = 10
"""Slack section fields: 10."""
FACT_LABEL = 200
FACT_VALUE = 1_700
"""Slack field: 2,000 for label and value together."""
BUTTONS = 10
"""In one row; Slack takes 25, Teams draws six and folds the rest, so renderers split a row."""
BUTTON_LABEL = 70
"""Slack button text: 75."""
ACTION = 2_000
"""Slack button value."""
LINK_URL = 2_900
PICTURE_ALT = 1_900
PICTURE_BYTES = 24_000
"""Teams takes 100 KB a message counted in UTF-16, so about 36 KB of PNG once base64 is counted."""
SUMMARY = 900
"""The text beside the blocks: notifications and screen readers."""

FORM_TITLE = 24
FORM_SUBMIT = 24
FORM_FIELDS = 20
FORM_ACTION = 2_900
"""Slack private_metadata: 3,000."""
FIELD_LABEL = 150
FIELD_HINT = 300
FIELD_PLACEHOLDER = 150
FIELD_TEXT = 3_000
"""Slack plain_text_input max_length."""
OPTIONS = 100
OPTION_LABEL = 70
OPTION_VALUE = 150
CHECKBOXES = 10
"""Slack checkboxes and radio buttons: 10."""
