CREATE TABLE public.accounts (
    id character varying(32) NOT NULL,
    platform character varying(20) NOT NULL,
    tenant character varying(100) NOT NULL,
    "user" character varying(200) NOT NULL,
    person_id character varying(32) NOT NULL,
    direct jsonb,
    last_spoke_at timestamp with time zone,
    profiled_at timestamp with time zone
);
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.askers (
    question_id character varying(32) NOT NULL,
    person_id character varying(32) NOT NULL,
    asked_at timestamp with time zone NOT NULL
);
CREATE TABLE public.due (
    key character varying(300) NOT NULL,
    action character varying NOT NULL,
    account jsonb NOT NULL,
    place jsonb NOT NULL,
    state character varying(10) NOT NULL,
    due_at timestamp with time zone NOT NULL
);
CREATE TABLE public.handovers (
    id character varying(32) NOT NULL,
    question_id character varying(32) NOT NULL,
    note character varying(3000) NOT NULL,
    state character varying(10) NOT NULL,
    opened_at timestamp with time zone NOT NULL
);
CREATE TABLE public.inbox (
    key character varying(400) NOT NULL,
    state character varying(10) NOT NULL,
    event jsonb,
    attempts integer NOT NULL,
    received_at timestamp with time zone NOT NULL
);
CREATE TABLE public.outbox (
    id bigint NOT NULL,
    key character varying(32) NOT NULL,
    kind character varying(20) NOT NULL,
    platform character varying(20) NOT NULL,
    place jsonb NOT NULL,
    place_key character varying(500) NOT NULL,
    person_id character varying(32),
    card jsonb,
    replaces character varying(200),
    state character varying(10) NOT NULL,
    attempts integer NOT NULL,
    due_at timestamp with time zone NOT NULL,
    claimed_at timestamp with time zone,
    platform_id character varying(200),
    sent_at timestamp with time zone,
    reason character varying(500)
);
CREATE SEQUENCE public.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.outbox_id_seq OWNED BY public.outbox.id;
CREATE TABLE public.people (
    id character varying(32) NOT NULL,
    name character varying(200) NOT NULL,
    email character varying(320),
    language character varying(2),
    time_zone character varying(64),
    welcomed_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE public.questions (
    id character varying(32) NOT NULL,
    text character varying NOT NULL,
    language character varying(2) NOT NULL,
    outcome character varying(10) NOT NULL,
    use_case character varying(100),
    row_version integer,
    verdict character varying(10),
    reading jsonb NOT NULL,
    asked_at timestamp with time zone NOT NULL
);
CREATE TABLE public.ratings (
    question_id character varying(32) NOT NULL,
    helpful boolean NOT NULL,
    reason character varying(3000) NOT NULL,
    rated_at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY public.outbox ALTER COLUMN id SET DEFAULT nextval('public.outbox_id_seq'::regclass);
INSERT INTO public.accounts VALUES ('1', '1 é ✅ ''aan'' "huis"; ', '1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de', '1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; ', '1', '{"n": 1, "leeg": {}, "é ✅": [null, true, 0.1, 0.0, 1000000000000000000000, 9007199254740993, "\\ '' \" \n"]}', '2026-10-26 00:30:59.123457+00', '2026-10-26 00:30:59.123457+00');
INSERT INTO public.accounts VALUES ('2', '2 é ✅ ''aan'' "huis"; ', '2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de', '2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; ', '2', 'null', NULL, NULL);
INSERT INTO public.accounts VALUES ('3', '3 é ✅ ''aan'' "huis"; ', '3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de', '3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; ', '3', '{"n": 3, "leeg": {}, "é ✅": [null, true, 0.1, 0.0, 1000000000000000000000, 9007199254740993, "\\ '' \" \n"]}', '2026-10-28 00:30:59.123459+00', '2026-10-28 00:30:59.123459+00');
INSERT INTO public.alembic_version VALUES ('0001');
INSERT INTO public.askers VALUES ('1', '1', '2026-10-26 00:30:59.123457+00');
INSERT INTO public.askers VALUES ('2', '2', '2026-10-27 00:30:59.123458+00');
INSERT INTO public.askers VALUES ('3', '3', '2026-10-28 00:30:59.123459+00');
INSERT INTO public.due VALUES ('1', '1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de', '{"n": 1, "leeg": {}, "é ✅": [null, true, 0.1, 0.0, 1000000000000000000000, 9007199254740993, "\\ '' \" \n"]}', '{"n": 1, "leeg": {}, "é ✅": [null, true, 0.1, 0.0, 1000000000000000000000, 9007199254740993, "\\ '' \" \n"]}', '1 é ✅ ''aan', '2026-10-26 00:30:59.123457+00');
INSERT INTO public.due VALUES ('2', '2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de', '{"n": 2, "leeg": {}, "é ✅": [null, true, 0.1, 0.0, 1000000000000000000000, 9007199254740993, "\\ '' \" \n"]}', '{"n": 2, "leeg": {}, "é ✅": [null, true, 0.1, 0.0, 1000000000000000000000, 9007199254740993, "\\ '' \" \n"]}', '2 é ✅ ''aan', '2026-10-27 00:30:59.123458+00');
INSERT INTO public.due VALUES ('3', '3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de', '{"n": 3, "leeg": {}, "é ✅": [null, true, 0.1, 0.0, 1000000000000000000000, 9007199254740993, "\\ '' \" \n"]}', '{"n": 3, "leeg": {}, "é ✅": [null, true, 0.1, 0.0, 1000000000000000000000, 9007199254740993, "\\ '' \" \n"]}', '3 é ✅ ''aan', '2026-10-28 00:30:59.123459+00');
INSERT INTO public.handovers VALUES ('1', '1', '1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 ', '1 é ✅ ''aan', '2026-10-26 00:30:59.123457+00');
INSERT INTO public.handovers VALUES ('2', '2', '2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 ', '2 é ✅ ''aan', '2026-10-27 00:30:59.123458+00');
INSERT INTO public.handovers VALUES ('3', '3', '3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 ', '3 é ✅ ''aan', '2026-10-28 00:30:59.123459+00');
INSERT INTO public.inbox VALUES ('1', '1 é ✅ ''aan', '{"n": 1, "leeg": {}, "é ✅": [null, true, 0.1, 0.0, 1000000000000000000000, 9007199254740993, "\\ '' \" \n"]}', 1, '2026-10-26 00:30:59.123457+00');
INSERT INTO public.inbox VALUES ('2', '2 é ✅ ''aan', 'null', 2, '2026-10-27 00:30:59.123458+00');
INSERT INTO public.inbox VALUES ('3', '3 é ✅ ''aan', '{"n": 3, "leeg": {}, "é ✅": [null, true, 0.1, 0.0, 1000000000000000000000, 9007199254740993, "\\ '' \" \n"]}', 3, '2026-10-28 00:30:59.123459+00');
INSERT INTO public.outbox VALUES (1, '1', '1 é ✅ ''aan'' "huis"; ', '1 é ✅ ''aan'' "huis"; ', '{"n": 1, "leeg": {}, "é ✅": [null, true, 0.1, 0.0, 1000000000000000000000, 9007199254740993, "\\ '' \" \n"]}', '1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; ', '1', '{"n": 1, "leeg": {}, "é ✅": [null, true, 0.1, 0.0, 1000000000000000000000, 9007199254740993, "\\ '' \" \n"]}', '1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; ', '1 é ✅ ''aan', 1, '2026-10-26 00:30:59.123457+00', '2026-10-26 00:30:59.123457+00', '1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; ', '2026-10-26 00:30:59.123457+00', '1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; ');
INSERT INTO public.outbox VALUES (2, '2', '2 é ✅ ''aan'' "huis"; ', '2 é ✅ ''aan'' "huis"; ', '{"n": 2, "leeg": {}, "é ✅": [null, true, 0.1, 0.0, 1000000000000000000000, 9007199254740993, "\\ '' \" \n"]}', '2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; ', NULL, 'null', NULL, '2 é ✅ ''aan', 2, '2026-10-27 00:30:59.123458+00', NULL, NULL, NULL, NULL);
INSERT INTO public.outbox VALUES (3, '3', '3 é ✅ ''aan'' "huis"; ', '3 é ✅ ''aan'' "huis"; ', '{"n": 3, "leeg": {}, "é ✅": [null, true, 0.1, 0.0, 1000000000000000000000, 9007199254740993, "\\ '' \" \n"]}', '3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; ', '3', '{"n": 3, "leeg": {}, "é ✅": [null, true, 0.1, 0.0, 1000000000000000000000, 9007199254740993, "\\ '' \" \n"]}', '3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; ', '3 é ✅ ''aan', 3, '2026-10-28 00:30:59.123459+00', '2026-10-28 00:30:59.123459+00', '3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; ', '2026-10-28 00:30:59.123459+00', '3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; ');
INSERT INTO public.people VALUES ('1', '1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; ', '1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; ', '1 ', '1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ', '2026-10-26 00:30:59.123457+00', '2026-10-26 00:30:59.123457+00');
INSERT INTO public.people VALUES ('2', '2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; ', NULL, NULL, NULL, NULL, '2026-10-27 00:30:59.123458+00');
INSERT INTO public.people VALUES ('3', '3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; ', '3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; ', '3 ', '3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ', '2026-10-28 00:30:59.123459+00', '2026-10-28 00:30:59.123459+00');
INSERT INTO public.questions VALUES ('1', '1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de', '1 ', '1 é ✅ ''aan', '1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de', 1, '1 é ✅ ''aan', '{"n": 1, "leeg": {}, "é ✅": [null, true, 0.1, 0.0, 1000000000000000000000, 9007199254740993, "\\ '' \" \n"]}', '2026-10-26 00:30:59.123457+00');
INSERT INTO public.questions VALUES ('2', '2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de', '2 ', '2 é ✅ ''aan', NULL, NULL, NULL, '{"n": 2, "leeg": {}, "é ✅": [null, true, 0.1, 0.0, 1000000000000000000000, 9007199254740993, "\\ '' \" \n"]}', '2026-10-27 00:30:59.123458+00');
INSERT INTO public.questions VALUES ('3', '3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de', '3 ', '3 é ✅ ''aan', '3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de', 3, '3 é ✅ ''aan', '{"n": 3, "leeg": {}, "é ✅": [null, true, 0.1, 0.0, 1000000000000000000000, 9007199254740993, "\\ '' \" \n"]}', '2026-10-28 00:30:59.123459+00');
INSERT INTO public.ratings VALUES ('1', true, '1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 ', '2026-10-26 00:30:59.123457+00');
INSERT INTO public.ratings VALUES ('2', false, '2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 ', '2026-10-27 00:30:59.123458+00');
INSERT INTO public.ratings VALUES ('3', false, '3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 ', '2026-10-28 00:30:59.123459+00');
SELECT pg_catalog.setval('public.outbox_id_seq', 3, true);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_who UNIQUE (platform, tenant, "user");
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.askers
    ADD CONSTRAINT askers_pkey PRIMARY KEY (question_id);
ALTER TABLE ONLY public.due
    ADD CONSTRAINT due_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.handovers
    ADD CONSTRAINT handovers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.handovers
    ADD CONSTRAINT handovers_question_id_key UNIQUE (question_id);
ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_key_key UNIQUE (key);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_email_key UNIQUE (email);
ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.questions
    ADD CONSTRAINT questions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.ratings
    ADD CONSTRAINT ratings_pkey PRIMARY KEY (question_id);
CREATE INDEX askers_person ON public.askers USING btree (person_id, asked_at);
CREATE INDEX due_waiting ON public.due USING btree (due_at) WHERE ((state)::text = 'waiting'::text);
CREATE INDEX inbox_age ON public.inbox USING btree (received_at);
CREATE INDEX inbox_waiting ON public.inbox USING btree (received_at) WHERE ((state)::text = 'waiting'::text);
CREATE INDEX ix_accounts_person_id ON public.accounts USING btree (person_id);
CREATE INDEX outbox_open ON public.outbox USING btree (due_at, id) WHERE ((state)::text = ANY ((ARRAY['waiting'::character varying, 'sending'::character varying])::text[]));
CREATE INDEX outbox_open_place ON public.outbox USING btree (place_key, id) WHERE ((state)::text = ANY ((ARRAY['waiting'::character varying, 'sending'::character varying])::text[]));
CREATE INDEX outbox_person ON public.outbox USING btree (person_id, id);
CREATE INDEX questions_row ON public.questions USING btree (use_case, asked_at);
CREATE INDEX questions_when ON public.questions USING btree (asked_at);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.askers
    ADD CONSTRAINT askers_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.askers
    ADD CONSTRAINT askers_question_id_fkey FOREIGN KEY (question_id) REFERENCES public.questions(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.handovers
    ADD CONSTRAINT handovers_question_id_fkey FOREIGN KEY (question_id) REFERENCES public.questions(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.ratings
    ADD CONSTRAINT ratings_question_id_fkey FOREIGN KEY (question_id) REFERENCES public.questions(id) ON DELETE CASCADE;
