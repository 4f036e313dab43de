BEGIN TRANSACTION;
CREATE TABLE accounts (
	id VARCHAR(32) NOT NULL, 
	platform VARCHAR(20) NOT NULL, 
	tenant VARCHAR(100) NOT NULL, 
	user VARCHAR(200) NOT NULL, 
	person_id VARCHAR(32) NOT NULL, 
	direct JSON, 
	last_spoke_at DATETIME, 
	profiled_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT accounts_who UNIQUE (platform, tenant, user)
);
INSERT INTO "accounts" VALUES('1','1 é ✅ ''aan'' "huis"; ','1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de','1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; ','1','{"n": 1, "é ✅": [null, true, 0.1, -0.0, 1e+21, 9007199254740993, "\\ '' \" \n"], "leeg": {}}','2026-10-26 00:30:59.123457','2026-10-26 00:30:59.123457');
INSERT INTO "accounts" VALUES('2','2 é ✅ ''aan'' "huis"; ','2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de','2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; ','2','null',NULL,NULL);
INSERT INTO "accounts" VALUES('3','3 é ✅ ''aan'' "huis"; ','3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de','3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; ','3','{"n": 3, "é ✅": [null, true, 0.1, -0.0, 1e+21, 9007199254740993, "\\ '' \" \n"], "leeg": {}}','2026-10-28 00:30:59.123459','2026-10-28 00:30:59.123459');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE askers (
	question_id VARCHAR(32) NOT NULL, 
	person_id VARCHAR(32) NOT NULL, 
	asked_at DATETIME NOT NULL, 
	PRIMARY KEY (question_id), 
	FOREIGN KEY(person_id) REFERENCES people (id), 
	FOREIGN KEY(question_id) REFERENCES questions (id) ON DELETE CASCADE
);
INSERT INTO "askers" VALUES('1','1','2026-10-26 00:30:59.123457');
INSERT INTO "askers" VALUES('2','2','2026-10-27 00:30:59.123458');
INSERT INTO "askers" VALUES('3','3','2026-10-28 00:30:59.123459');
CREATE TABLE due (
	"key" VARCHAR(300) NOT NULL, 
	action VARCHAR NOT NULL, 
	account JSON NOT NULL, 
	place JSON NOT NULL, 
	state VARCHAR(10) NOT NULL, 
	due_at DATETIME NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "due" VALUES('1','1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de','{"n": 1, "é ✅": [null, true, 0.1, -0.0, 1e+21, 9007199254740993, "\\ '' \" \n"], "leeg": {}}','{"n": 1, "é ✅": [null, true, 0.1, -0.0, 1e+21, 9007199254740993, "\\ '' \" \n"], "leeg": {}}','1 é ✅ ''aan','2026-10-26 00:30:59.123457');
INSERT INTO "due" VALUES('2','2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de','{"n": 2, "é ✅": [null, true, 0.1, -0.0, 1e+21, 9007199254740993, "\\ '' \" \n"], "leeg": {}}','{"n": 2, "é ✅": [null, true, 0.1, -0.0, 1e+21, 9007199254740993, "\\ '' \" \n"], "leeg": {}}','2 é ✅ ''aan','2026-10-27 00:30:59.123458');
INSERT INTO "due" VALUES('3','3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de','{"n": 3, "é ✅": [null, true, 0.1, -0.0, 1e+21, 9007199254740993, "\\ '' \" \n"], "leeg": {}}','{"n": 3, "é ✅": [null, true, 0.1, -0.0, 1e+21, 9007199254740993, "\\ '' \" \n"], "leeg": {}}','3 é ✅ ''aan','2026-10-28 00:30:59.123459');
CREATE TABLE handovers (
	id VARCHAR(32) NOT NULL, 
	question_id VARCHAR(32) NOT NULL, 
	note VARCHAR(3000) NOT NULL, 
	state VARCHAR(10) NOT NULL, 
	opened_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(question_id) REFERENCES questions (id) ON DELETE CASCADE, 
	UNIQUE (question_id)
);
INSERT INTO "handovers" VALUES('1','1','1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
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
	 de la Fuente-Ōe 🧑‍🤝‍🧑 ','1 é ✅ ''aan','2026-10-26 00:30:59.123457');
INSERT INTO "handovers" VALUES('2','2','2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
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
	 de la Fuente-Ōe 🧑‍🤝‍🧑 ','2 é ✅ ''aan','2026-10-27 00:30:59.123458');
INSERT INTO "handovers" VALUES('3','3','3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
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
	 de la Fuente-Ōe 🧑‍🤝‍🧑 ','3 é ✅ ''aan','2026-10-28 00:30:59.123459');
CREATE TABLE inbox (
	"key" VARCHAR(400) NOT NULL, 
	state VARCHAR(10) NOT NULL, 
	event JSON, 
	attempts INTEGER NOT NULL, 
	received_at DATETIME NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "inbox" VALUES('1','1 é ✅ ''aan','{"n": 1, "é ✅": [null, true, 0.1, -0.0, 1e+21, 9007199254740993, "\\ '' \" \n"], "leeg": {}}',1,'2026-10-26 00:30:59.123457');
INSERT INTO "inbox" VALUES('2','2 é ✅ ''aan','null',2,'2026-10-27 00:30:59.123458');
INSERT INTO "inbox" VALUES('3','3 é ✅ ''aan','{"n": 3, "é ✅": [null, true, 0.1, -0.0, 1e+21, 9007199254740993, "\\ '' \" \n"], "leeg": {}}',3,'2026-10-28 00:30:59.123459');
CREATE TABLE outbox (
	id INTEGER NOT NULL, 
	"key" VARCHAR(32) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	platform VARCHAR(20) NOT NULL, 
	place JSON NOT NULL, 
	place_key VARCHAR(500) NOT NULL, 
	person_id VARCHAR(32), 
	card JSON, 
	replaces VARCHAR(200), 
	state VARCHAR(10) NOT NULL, 
	attempts INTEGER NOT NULL, 
	due_at DATETIME NOT NULL, 
	claimed_at DATETIME, 
	platform_id VARCHAR(200), 
	sent_at DATETIME, 
	reason VARCHAR(500), 
	PRIMARY KEY (id), 
	FOREIGN KEY(person_id) REFERENCES people (id), 
	UNIQUE ("key")
);
INSERT INTO "outbox" VALUES(1,'1','1 é ✅ ''aan'' "huis"; ','1 é ✅ ''aan'' "huis"; ','{"n": 1, "é ✅": [null, true, 0.1, -0.0, 1e+21, 9007199254740993, "\\ '' \" \n"], "leeg": {}}','1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; ','1','{"n": 1, "é ✅": [null, true, 0.1, -0.0, 1e+21, 9007199254740993, "\\ '' \" \n"], "leeg": {}}','1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; ','1 é ✅ ''aan',1,'2026-10-26 00:30:59.123457','2026-10-26 00:30:59.123457','1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; ','2026-10-26 00:30:59.123457','1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; ');
INSERT INTO "outbox" VALUES(2,'2','2 é ✅ ''aan'' "huis"; ','2 é ✅ ''aan'' "huis"; ','{"n": 2, "é ✅": [null, true, 0.1, -0.0, 1e+21, 9007199254740993, "\\ '' \" \n"], "leeg": {}}','2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; ',NULL,'null',NULL,'2 é ✅ ''aan',2,'2026-10-27 00:30:59.123458',NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(3,'3','3 é ✅ ''aan'' "huis"; ','3 é ✅ ''aan'' "huis"; ','{"n": 3, "é ✅": [null, true, 0.1, -0.0, 1e+21, 9007199254740993, "\\ '' \" \n"], "leeg": {}}','3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; ','3','{"n": 3, "é ✅": [null, true, 0.1, -0.0, 1e+21, 9007199254740993, "\\ '' \" \n"], "leeg": {}}','3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; ','3 é ✅ ''aan',3,'2026-10-28 00:30:59.123459','2026-10-28 00:30:59.123459','3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; ','2026-10-28 00:30:59.123459','3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; ');
CREATE TABLE people (
	id VARCHAR(32) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	email VARCHAR(320), 
	language VARCHAR(2), 
	time_zone VARCHAR(64), 
	welcomed_at DATETIME, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (email)
);
INSERT INTO "people" VALUES('1','1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; ','1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; ','1 ','1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ','2026-10-26 00:30:59.123457','2026-10-26 00:30:59.123457');
INSERT INTO "people" VALUES('2','2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; ',NULL,NULL,NULL,NULL,'2026-10-27 00:30:59.123458');
INSERT INTO "people" VALUES('3','3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; ','3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; ','3 ','3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ','2026-10-28 00:30:59.123459','2026-10-28 00:30:59.123459');
CREATE TABLE questions (
	id VARCHAR(32) NOT NULL, 
	text VARCHAR NOT NULL, 
	language VARCHAR(2) NOT NULL, 
	outcome VARCHAR(10) NOT NULL, 
	use_case VARCHAR(100), 
	row_version INTEGER, 
	verdict VARCHAR(10), 
	reading JSON NOT NULL, 
	asked_at DATETIME NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "questions" VALUES('1','1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de','1 ','1 é ✅ ''aan','1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de',1,'1 é ✅ ''aan','{"n": 1, "é ✅": [null, true, 0.1, -0.0, 1e+21, 9007199254740993, "\\ '' \" \n"], "leeg": {}}','2026-10-26 00:30:59.123457');
INSERT INTO "questions" VALUES('2','2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de','2 ','2 é ✅ ''aan',NULL,NULL,NULL,'{"n": 2, "é ✅": [null, true, 0.1, -0.0, 1e+21, 9007199254740993, "\\ '' \" \n"], "leeg": {}}','2026-10-27 00:30:59.123458');
INSERT INTO "questions" VALUES('3','3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de','3 ','3 é ✅ ''aan','3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de',3,'3 é ✅ ''aan','{"n": 3, "é ✅": [null, true, 0.1, -0.0, 1e+21, 9007199254740993, "\\ '' \" \n"], "leeg": {}}','2026-10-28 00:30:59.123459');
CREATE TABLE ratings (
	question_id VARCHAR(32) NOT NULL, 
	helpful BOOLEAN NOT NULL, 
	reason VARCHAR(3000) NOT NULL, 
	rated_at DATETIME NOT NULL, 
	PRIMARY KEY (question_id), 
	FOREIGN KEY(question_id) REFERENCES questions (id) ON DELETE CASCADE
);
INSERT INTO "ratings" VALUES('1',1,'1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
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
	 de la Fuente-Ōe 🧑‍🤝‍🧑 ','2026-10-26 00:30:59.123457');
INSERT INTO "ratings" VALUES('2',0,'2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
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
	 de la Fuente-Ōe 🧑‍🤝‍🧑 ','2026-10-27 00:30:59.123458');
INSERT INTO "ratings" VALUES('3',0,'3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
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
	 de la Fuente-Ōe 🧑‍🤝‍🧑 ','2026-10-28 00:30:59.123459');
CREATE TABLE web_counter (
	id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "web_counter" VALUES(1,1);
INSERT INTO "web_counter" VALUES(2,2);
INSERT INTO "web_counter" VALUES(3,3);
CREATE TABLE web_messages (
	id INTEGER NOT NULL, 
	"key" VARCHAR(120) NOT NULL, 
	place VARCHAR(80) NOT NULL, 
	thread INTEGER, 
	author VARCHAR(80), 
	text VARCHAR, 
	card JSON, 
	said_at DATETIME NOT NULL, 
	change INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (change), 
	UNIQUE ("key")
);
INSERT INTO "web_messages" VALUES(1,'1','1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; ',1,'1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; ','1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 1 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de','{"n": 1, "é ✅": [null, true, 0.1, -0.0, 1e+21, 9007199254740993, "\\ '' \" \n"], "leeg": {}}','2026-10-26 00:30:59.123457',1);
INSERT INTO "web_messages" VALUES(2,'2','2 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 2 é ✅ ''aan'' "huis"; ',NULL,NULL,NULL,'null','2026-10-27 00:30:59.123458',2);
INSERT INTO "web_messages" VALUES(3,'3','3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; ',3,'3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; ','3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de la Fuente-Ōe 🧑‍🤝‍🧑 3 é ✅ ''aan'' "huis"; -- %s :x {y} \n
	 de','{"n": 3, "é ✅": [null, true, 0.1, -0.0, 1e+21, 9007199254740993, "\\ '' \" \n"], "leeg": {}}','2026-10-28 00:30:59.123459',3);
CREATE TABLE web_reads (
	user VARCHAR(80) NOT NULL, 
	place VARCHAR(80) NOT NULL, 
	message INTEGER NOT NULL, 
	PRIMARY KEY (user, place)
);
INSERT INTO "web_reads" VALUES('1','1',1);
INSERT INTO "web_reads" VALUES('2','2',2);
INSERT INTO "web_reads" VALUES('3','3',3);
CREATE INDEX due_waiting ON due (due_at) WHERE state = 'waiting';
CREATE INDEX inbox_age ON inbox (received_at);
CREATE INDEX inbox_waiting ON inbox (received_at) WHERE state = 'waiting';
CREATE INDEX questions_row ON questions (use_case, asked_at);
CREATE INDEX questions_when ON questions (asked_at);
CREATE INDEX ix_accounts_person_id ON accounts (person_id);
CREATE INDEX askers_person ON askers (person_id, asked_at);
CREATE INDEX outbox_open ON outbox (due_at, id) WHERE state IN ('waiting', 'sending');
CREATE INDEX outbox_open_place ON outbox (place_key, id) WHERE state IN ('waiting', 'sending');
CREATE INDEX outbox_person ON outbox (person_id, id);
CREATE INDEX web_messages_place ON web_messages (place, thread, id);
COMMIT;
