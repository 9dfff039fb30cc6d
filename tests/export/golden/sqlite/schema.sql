CREATE TABLE release ( -- The one release that this file holds
  id TEXT NOT NULL PRIMARY KEY, -- The first 16 digits of the digest
  uri TEXT NOT NULL, -- Its public identifier
  digest TEXT NOT NULL, -- SHA-256 of the release's canonical content
  previous TEXT, -- Id of the release that this one follows
  gate TEXT NOT NULL, -- What was let out
  gate_explanation TEXT NOT NULL, -- The gate in words
  as_of TEXT NOT NULL CHECK (as_of GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), -- The UTC day for which the standings hold
  valid_until TEXT CHECK (valid_until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), -- The last day on which every approval in it holds; null where none ever lapses
  notice TEXT, -- What must be shown with the release; null where every claim is approved
  schema_version INTEGER NOT NULL CHECK (schema_version >= 0), -- Version of the record format
  title TEXT NOT NULL, -- Title of the base
  description TEXT NOT NULL, -- What the base holds
  language TEXT NOT NULL, -- Language of the records, as a BCP 47 tag
  base_url TEXT NOT NULL, -- Stem of every public identifier
  publisher TEXT NOT NULL, -- Who publishes the base
  publisher_url TEXT, -- The publisher's web address
  licence_data TEXT NOT NULL, -- Licence of the records
  licence_code TEXT NOT NULL, -- Licence of the code in the same repository
  licence_texts TEXT NOT NULL, -- What holds for the stored texts and their quotes
  intended_for TEXT NOT NULL, -- What the base is for
  policy TEXT NOT NULL, -- SHA-256 of the policy's file
  checkpoint_size INTEGER CHECK (checkpoint_size >= 0), -- Entries of the log of decisions; null where there is no log
  checkpoint_root TEXT -- Root hash of their RFC 9162 tree, base64
);

CREATE TABLE release_not_for ( -- What the base is not for
  position INTEGER NOT NULL CHECK (position >= 1), -- Place in the order of the record, from 1
  use TEXT NOT NULL, -- What it is not for
  PRIMARY KEY (position)
);

CREATE TABLE term ( -- One code of the vocabulary, with what it means
  list TEXT NOT NULL, -- The list it stands in, e.g. claim_types, caveat_kinds or ratings
  position INTEGER NOT NULL CHECK (position >= 1), -- Place in the list, from 1
  code TEXT NOT NULL, -- The code, as the other tables have it
  label TEXT NOT NULL, -- What readers see
  definition TEXT NOT NULL, -- What it means
  PRIMARY KEY (list, code)
);

CREATE TABLE held ( -- One claim that is kept back
  id TEXT NOT NULL PRIMARY KEY, -- Id of the claim
  standing TEXT NOT NULL, -- How it stands, a code
  standing_label TEXT NOT NULL, -- How it stands, for readers
  reason TEXT NOT NULL -- Why it is kept back
);

CREATE TABLE withdrawn ( -- What remains of a withdrawn claim, which may not be shown any more
  id TEXT NOT NULL PRIMARY KEY, -- Id of the claim
  uri TEXT NOT NULL, -- Its public identifier
  withdrawn_on TEXT CHECK (withdrawn_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), -- The day of the decision; null where no decision is kept
  reason TEXT NOT NULL, -- Why it was withdrawn
  successor TEXT -- Id of the claim that takes its place
);

CREATE TABLE source ( -- One document of which claims are made
  document TEXT NOT NULL PRIMARY KEY, -- Id of the document
  uri TEXT NOT NULL, -- Its public identifier
  title TEXT NOT NULL, -- The document's title, or a description in brackets where it has none
  language TEXT NOT NULL, -- The language of the text, as a BCP 47 tag
  publisher TEXT, -- Who published it, where known
  published TEXT CHECK (published GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), -- When, where known
  rights_use TEXT NOT NULL CHECK (rights_use IN ('full-text', 'quotes-only')), -- What may go out
  rights_holder TEXT NOT NULL, -- Whose the text is
  rights_statement TEXT NOT NULL, -- On what ground it is kept and quoted
  text_digest TEXT NOT NULL, -- SHA-256 of the stored bytes
  text_bytes INTEGER NOT NULL CHECK (text_bytes >= 0), -- Number of bytes
  text_characters INTEGER NOT NULL CHECK (text_characters >= 0), -- Number of Unicode code points
  text_media_type TEXT NOT NULL, -- What the stored bytes are
  text_stored TEXT NOT NULL CHECK (text_stored GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), -- The day the text was stored
  full_text TEXT CHECK (full_text IS NULL OR rights_use = 'full-text'), -- The stored text; null where its rights allow quotes only
  coverage_letters INTEGER NOT NULL CHECK (coverage_letters >= 0), -- Letters, digits and signs of the text
  coverage_quoted INTEGER NOT NULL CHECK (coverage_quoted >= 0), -- Those in a quote of a claim of the base, whatever became of the claim
  coverage_skipped INTEGER NOT NULL CHECK (coverage_skipped >= 0), -- Those in a skipped passage and in no quote
  coverage_connectives INTEGER NOT NULL CHECK (coverage_connectives >= 0), -- Those in a listed connective and in neither
  coverage_unaccounted INTEGER NOT NULL CHECK (coverage_unaccounted >= 0) -- The rest
);

CREATE TABLE source_place ( -- Where a document, or a copy of it, was found
  document TEXT NOT NULL REFERENCES source (document), -- Id of the document
  kind TEXT NOT NULL CHECK (kind IN ('found', 'copy')), -- The stored text, or a copy of it
  position INTEGER NOT NULL CHECK (position >= 1), -- Place in the order of the record, from 1
  url TEXT, -- Its address, where one is known
  title TEXT, -- The title shown there
  seen_on TEXT NOT NULL CHECK (seen_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), -- The day it was seen
  note TEXT NOT NULL, -- What was seen there
  PRIMARY KEY (document, kind, position)
);

CREATE TABLE sentence ( -- One sentence of a stored text
  document TEXT NOT NULL REFERENCES source (document), -- Id of the document
  position INTEGER NOT NULL CHECK (position >= 1), -- Place in the text, from 1
  start_at INTEGER NOT NULL CHECK (start_at >= 0), -- Position of the first character in the stored text, from 0, in code points
  end_at INTEGER NOT NULL CHECK (end_at >= 0), -- Position just after the last character
  PRIMARY KEY (document, position)
);

CREATE TABLE set_aside ( -- A passage of a stored text of which no claim is made: skipped with a reason, or joining words
  document TEXT NOT NULL REFERENCES source (document), -- Id of the document
  position INTEGER NOT NULL CHECK (position >= 1), -- Place in the text, from 1
  start_at INTEGER NOT NULL CHECK (start_at >= 0), -- Position of the first character in the stored text, from 0, in code points
  end_at INTEGER NOT NULL CHECK (end_at >= 0), -- Position just after the last character
  reason TEXT, -- Why no claim is made of it, a code; null for joining words
  label TEXT, -- The reason, for readers
  note TEXT, -- A remark for the reader
  PRIMARY KEY (document, position)
);

CREATE TABLE evidence ( -- One study, guideline, notice or page that a claim here cites
  id TEXT NOT NULL PRIMARY KEY, -- Id of the evidence record
  uri TEXT NOT NULL, -- Its public identifier
  kind TEXT NOT NULL, -- What kind of work it is, a code
  kind_label TEXT NOT NULL, -- The kind of work, for readers
  citation TEXT NOT NULL, -- How to cite it, on one line
  csl_type TEXT NOT NULL, -- CSL item type of the citation
  title TEXT, -- Title as seen
  container_title TEXT, -- Journal, site or book
  publisher TEXT, -- Publisher or issuing body
  volume TEXT, -- Volume
  issue TEXT, -- Issue
  page TEXT, -- Pages or article number
  issued TEXT, -- Year, month or day of publication
  genre TEXT, -- What sort of document, where the type does not say
  url TEXT, -- The publication's own address, where seen
  design TEXT, -- The study's design in words
  population TEXT, -- Who or what was studied
  n TEXT, -- How many, in words where a bare number would mislead
  result TEXT NOT NULL, -- What it found, on both sides, in our own words
  certainty_stated TEXT, -- Certainty that the work itself states, with the outcome
  limits TEXT, -- Limits of the work or of the way it was seen
  seen TEXT NOT NULL, -- How it was seen: full-text, abstract, second-hand, not-seen
  seen_detail TEXT, -- What exactly was looked at
  status TEXT NOT NULL, -- Whether it still stands: current, corrected, retracted, superseded, untraced
  status_on TEXT NOT NULL CHECK (status_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), -- The day this was established
  status_source TEXT NOT NULL, -- How it was established
  checked_on TEXT NOT NULL CHECK (checked_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), -- The day the record was last held against what was seen
  checked_how TEXT NOT NULL -- How, and what is still open
);

CREATE TABLE evidence_author ( -- One author of a work, as seen
  evidence TEXT NOT NULL REFERENCES evidence (id), -- Id of the evidence record
  position INTEGER NOT NULL CHECK (position >= 1), -- Place in the order of the record, from 1
  family TEXT, -- Family name
  given TEXT, -- Given names or initials
  literal TEXT, -- The whole name, for a group or where the parts are not known
  PRIMARY KEY (evidence, position)
);

CREATE TABLE identifier ( -- One identifier of a work that was actually seen
  evidence TEXT NOT NULL REFERENCES evidence (id), -- Id of the evidence record
  scheme TEXT NOT NULL, -- Kind of identifier: doi, pmid, pmcid, registry, other
  position INTEGER NOT NULL CHECK (position >= 1), -- Place among those of its kind, from 1
  value TEXT NOT NULL, -- The identifier, bare
  PRIMARY KEY (evidence, scheme, position)
);

CREATE TABLE evidence_seen_at ( -- One address at which a work was looked at
  evidence TEXT NOT NULL REFERENCES evidence (id), -- Id of the evidence record
  position INTEGER NOT NULL CHECK (position >= 1), -- Place in the order of the record, from 1
  url TEXT NOT NULL, -- The address
  PRIMARY KEY (evidence, position)
);

CREATE TABLE evidence_overlap ( -- One evidence record that shares data or authors with another, so that the two are not independent
  evidence TEXT NOT NULL REFERENCES evidence (id), -- Id of the evidence record
  position INTEGER NOT NULL CHECK (position >= 1), -- Place in the order of the record, from 1
  other TEXT NOT NULL, -- Id of the other record, which may not be in this release
  PRIMARY KEY (evidence, position)
);

CREATE TABLE claim ( -- One claim that is out
  number INTEGER PRIMARY KEY, -- Number of the claim, in the order of ids; only this file uses it
  id TEXT NOT NULL UNIQUE, -- Id of the claim, <document>/<slug>
  uri TEXT NOT NULL, -- Its public identifier
  document TEXT NOT NULL REFERENCES source (document), -- Id of the document that makes the claim
  type TEXT NOT NULL, -- The kind of claim, a code
  type_label TEXT NOT NULL, -- The kind of claim, for readers
  statement TEXT NOT NULL, -- What the document says, which is not yet what is true
  caveats TEXT NOT NULL, -- Every caveat that must be shown with the statement, each on a line; one by one in caveat
  notice TEXT CHECK ((standing = 'approved') = (notice IS NULL)), -- What must be shown with the claim; null where it is approved
  polarity TEXT NOT NULL CHECK (polarity IN ('asserted', 'denied')), -- Whether the document asserts or denies it
  rating TEXT NOT NULL, -- What checking found, a code
  rating_label TEXT NOT NULL, -- What checking found, for readers
  rationale TEXT NOT NULL, -- Why, in plain words
  certainty_level TEXT, -- Certainty that a review states, a code; null where none does
  certainty_label TEXT, -- The certainty, for readers
  certainty_outcome TEXT, -- The outcome for which it is stated
  certainty_stated_by TEXT REFERENCES evidence (id), -- Id of the evidence that states it
  status TEXT NOT NULL, -- The review status that the record bears
  standing TEXT NOT NULL, -- How the claim stands on the release's as_of, a code
  standing_label TEXT NOT NULL, -- How it stands, for readers
  standing_reason TEXT NOT NULL, -- Why it stands so
  approved_on TEXT CHECK (approved_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), -- The day of the oldest approval that it takes; null where it is not approved
  lapses_on TEXT CHECK (lapses_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), -- The first day on which the approval no longer holds; null where it never lapses
  drafted_by TEXT NOT NULL, -- Who drafted the record
  drafted_on TEXT NOT NULL CHECK (drafted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), -- The day of drafting
  drafted_method TEXT NOT NULL, -- How it was drafted
  drafted_machine INTEGER NOT NULL CHECK (drafted_machine IN (0, 1)) -- 1 where a program wrote any of the words
);

CREATE TABLE caveat ( -- One limit of a claim, which must be shown with it
  claim TEXT NOT NULL REFERENCES claim (id), -- Id of the claim
  position INTEGER NOT NULL CHECK (position >= 1), -- Place in the order of the record, from 1
  kind TEXT NOT NULL, -- The kind of limit, a code
  label TEXT NOT NULL, -- The kind of limit, for readers
  text TEXT NOT NULL, -- The caveat
  basis TEXT CHECK ((basis IS 'quote') = (exact IS NOT NULL) AND (basis IS 'evidence') = (basis_evidence IS NOT NULL) AND (basis IS 'claim') = (basis_claim IS NOT NULL)), -- What it rests on: quote, evidence, claim; null where on nothing
  basis_evidence TEXT REFERENCES evidence (id), -- Id of the evidence it rests on
  basis_claim TEXT, -- Id of the claim it rests on, which may be held or withdrawn
  exact TEXT, -- The words of the claim's own document that it rests on, verbatim
  prefix TEXT, -- The words just before, where given
  suffix TEXT, -- The words just after, where given
  start_at INTEGER CHECK (start_at >= 0), -- Position of the first character in the stored text, from 0, in code points
  end_at INTEGER CHECK (end_at >= 0), -- Position just after the last character
  PRIMARY KEY (claim, position)
);

CREATE TABLE quote ( -- One part of the passage that makes a claim
  claim TEXT NOT NULL REFERENCES claim (id), -- Id of the claim
  position INTEGER NOT NULL CHECK (position >= 1), -- Place in the order of the record, from 1
  exact TEXT NOT NULL, -- The words, verbatim as they stand in the stored text
  prefix TEXT, -- The words just before, where given
  suffix TEXT, -- The words just after, where given
  start_at INTEGER CHECK (start_at >= 0), -- Position of the first character in the stored text, from 0, in code points
  end_at INTEGER CHECK (end_at >= 0), -- Position just after the last character
  PRIMARY KEY (claim, position)
);

CREATE TABLE hedge ( -- Words of the quote that weaken a claim
  claim TEXT NOT NULL REFERENCES claim (id), -- Id of the claim
  position INTEGER NOT NULL CHECK (position >= 1), -- Place in the order of the record, from 1
  words TEXT NOT NULL, -- The words
  PRIMARY KEY (claim, position)
);

CREATE TABLE claim_field ( -- One field that claims of this type have, e.g. dose, population or result
  claim TEXT NOT NULL REFERENCES claim (id), -- Id of the claim
  position INTEGER NOT NULL CHECK (position >= 1), -- Place in the order of the record, from 1
  name TEXT NOT NULL, -- Name of the field
  not_stated INTEGER NOT NULL CHECK (not_stated IN (0, 1)), -- 1 where the document is known to give nothing for it
  as_stated TEXT, -- The words of the document, verbatim
  value TEXT, -- The number that those words give, as decimal text
  unit TEXT, -- The unit of the number, in UCUM where one exists
  code TEXT, -- The code of those words, where the vocabulary has a list for them
  ref TEXT REFERENCES evidence (id), -- Id of the study's evidence record
  PRIMARY KEY (claim, name)
);

CREATE TABLE claim_evidence ( -- What one evidence record has to say about a claim
  claim TEXT NOT NULL REFERENCES claim (id), -- Id of the claim
  position INTEGER NOT NULL CHECK (position >= 1), -- Place in the order of the record, from 1
  evidence TEXT NOT NULL REFERENCES evidence (id), -- Id of the evidence record
  stance TEXT NOT NULL, -- Which way the finding points for this claim, a code
  stance_label TEXT NOT NULL, -- Which way it points, for readers
  directness TEXT NOT NULL, -- How closely what was studied fits what the claim speaks of, a code
  directness_label TEXT NOT NULL, -- How closely it fits, for readers
  finding TEXT NOT NULL, -- What it found that bears on this claim, in our own words
  locator TEXT, -- Where in the work the finding stands
  PRIMARY KEY (claim, position)
);

CREATE TABLE relation ( -- One link of a claim to another
  claim TEXT NOT NULL REFERENCES claim (id), -- Id of the claim
  position INTEGER NOT NULL CHECK (position >= 1), -- Place in the order of the record, from 1
  kind TEXT NOT NULL, -- The kind of link, a code
  label TEXT NOT NULL, -- The kind of link, for readers
  other TEXT NOT NULL, -- Id of the other claim, which may be held or withdrawn
  PRIMARY KEY (claim, position)
);

CREATE TABLE tag ( -- One free label of a claim
  claim TEXT NOT NULL REFERENCES claim (id), -- Id of the claim
  position INTEGER NOT NULL CHECK (position >= 1), -- Place in the order of the record, from 1
  tag TEXT NOT NULL, -- The label
  PRIMARY KEY (claim, position)
);

CREATE TABLE approver ( -- Somebody who approved exactly this content of a claim that is approved
  claim TEXT NOT NULL REFERENCES claim (id), -- Id of the claim
  position INTEGER NOT NULL CHECK (position >= 1), -- Place in the order of the record, from 1
  reviewer TEXT NOT NULL, -- Id of the reviewer; names are in the base only
  PRIMARY KEY (claim, reviewer)
);

CREATE TABLE approver_role ( -- One role of an approver
  claim TEXT NOT NULL REFERENCES claim (id), -- Id of the claim
  reviewer TEXT NOT NULL, -- Id of the reviewer
  position INTEGER NOT NULL CHECK (position >= 1), -- Place in the order of the alphabet, from 1
  role TEXT NOT NULL, -- The role, as the root keys' holders agreed
  PRIMARY KEY (claim, reviewer, position)
);

CREATE TABLE decision ( -- One decision on a claim that is out, or the one that withdrew a claim
  number INTEGER PRIMARY KEY, -- Number of the decision; of one claim, in the order in which they hold
  uri TEXT NOT NULL, -- Its public identifier
  claim TEXT REFERENCES claim (id), -- Id of the claim, where it is out
  withdrawn TEXT REFERENCES withdrawn (id) CHECK ((claim IS NULL) <> (withdrawn IS NULL)), -- Id of the claim, where it was withdrawn
  kind TEXT NOT NULL, -- What was decided, a code
  kind_label TEXT NOT NULL, -- What was decided, for readers
  reviewer TEXT NOT NULL, -- Id of the reviewer; names are in the base only
  decided_on TEXT NOT NULL CHECK (decided_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), -- The day, as the reviewer states it
  content TEXT NOT NULL, -- SHA-256 of the exact content decided about
  file TEXT NOT NULL, -- SHA-256 of the signed file
  counts INTEGER NOT NULL CHECK (counts IN (0, 1)) -- 1 where anything rests on it
);

CREATE TABLE decision_role ( -- One role of whoever made a decision
  decision INTEGER NOT NULL CHECK (decision >= 0) REFERENCES decision (number), -- Number of the decision
  position INTEGER NOT NULL CHECK (position >= 1), -- Place in the order of the alphabet, from 1
  role TEXT NOT NULL, -- The role, as the root keys' holders agreed
  PRIMARY KEY (decision, position)
);

CREATE TABLE about_file ( -- What this file is
  name TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
);

CREATE TABLE about_table ( -- Every table and view with what a row of it is; the digest of the tables
  name TEXT PRIMARY KEY NOT NULL,
  kind TEXT NOT NULL,
  holds TEXT NOT NULL,
  digest TEXT
);

CREATE TABLE about_column ( -- Every column of the tables with what it holds
  table_name TEXT NOT NULL REFERENCES about_table (name),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  holds TEXT NOT NULL,
  PRIMARY KEY (table_name, position)
);

CREATE INDEX claim_by_document ON claim (document);

CREATE INDEX claim_by_rating ON claim (rating);

CREATE INDEX claim_by_standing ON claim (standing);

CREATE INDEX claim_by_certainty ON claim (certainty_stated_by);

CREATE INDEX caveat_by_kind ON caveat (kind);

CREATE INDEX caveat_by_evidence ON caveat (basis_evidence);

CREATE INDEX claim_evidence_by_evidence ON claim_evidence (evidence);

CREATE INDEX claim_field_by_ref ON claim_field (ref);

CREATE INDEX relation_by_other ON relation (other);

CREATE INDEX tag_by_tag ON tag (tag);

CREATE INDEX identifier_by_value ON identifier (value);

CREATE INDEX decision_by_claim ON decision (claim);

CREATE VIEW claim_sheet AS -- One claim that is out, with its caveats, their bases and its quotes, on one row
  SELECT c.id, c.statement, c.caveats, c.notice, c.rating_label, c.rationale, c.standing_label,
    (SELECT count(*) FROM caveat k WHERE k.claim = c.id) AS number_of_caveats,
    coalesce((SELECT group_concat(line, char(10)) FROM (
      SELECT k.label || ': ' || CASE k.basis
          WHEN 'quote' THEN 'the document''s words "' || k.exact || '"'
          WHEN 'evidence' THEN 'evidence ' || k.basis_evidence
          WHEN 'claim' THEN 'claim ' || k.basis_claim
          ELSE 'rests on nothing' END AS line
      FROM caveat k WHERE k.claim = c.id ORDER BY k.position)), '') AS caveat_bases,
    (SELECT group_concat(exact, ' [...] ') FROM (
      SELECT q.exact FROM quote q WHERE q.claim = c.id ORDER BY q.position)) AS quotes,
    (SELECT count(*) FROM claim_evidence e WHERE e.claim = c.id) AS number_of_evidence,
    s.title AS document_title, c.approved_on, c.lapses_on, r.as_of, r.id AS release, c.uri
  FROM claim c JOIN source s ON s.document = c.document CROSS JOIN release r
  ORDER BY c.number;

CREATE VIEW evidence_use AS -- One way in which a claim that is out rests on an evidence record
  SELECT u.evidence, e.citation, e.status, u.claim, u.way, u.stance_label, u.finding,
    c.statement, c.caveats, c.notice
  FROM (
    SELECT evidence, claim, 'cited' AS way, stance_label, finding FROM claim_evidence
    UNION ALL SELECT basis_evidence, claim, 'basis of a caveat', NULL, text FROM caveat WHERE basis = 'evidence'
    UNION ALL SELECT certainty_stated_by, id, 'states the certainty', NULL, certainty_label FROM claim
      WHERE certainty_stated_by IS NOT NULL
    UNION ALL SELECT ref, claim, 'the study spoken of', NULL, NULL FROM claim_field WHERE ref IS NOT NULL
  ) u JOIN evidence e ON e.id = u.evidence JOIN claim c ON c.id = u.claim;

CREATE VIEW unreviewed AS -- One claim that is out and that no qualified person has reviewed as it stands
  SELECT c.id, c.statement, c.caveats, c.notice, c.rating_label, c.standing_label, c.standing_reason, c.uri
  FROM claim c WHERE c.notice IS NOT NULL ORDER BY c.number;

CREATE VIEW lapsing AS -- One claim whose approval lapses within 30 days of the release's as_of
  SELECT c.id, c.lapses_on, CAST(julianday(c.lapses_on) - julianday(r.as_of) AS INTEGER) AS days_left,
    c.approved_on, c.statement, c.caveats, c.notice, c.uri
  FROM claim c CROSS JOIN release r
  WHERE c.lapses_on IS NOT NULL AND julianday(c.lapses_on) - julianday(r.as_of) <= 30
  ORDER BY c.lapses_on, c.number;

CREATE VIEW verdict_count AS -- How many claims that are out have a rating, and how many of those nobody has reviewed
  SELECT c.rating, c.rating_label, count(*) AS claims, count(c.notice) AS unreviewed
  FROM claim c GROUP BY c.rating, c.rating_label ORDER BY c.rating;

CREATE VIEW caveat_count AS -- How many claims that are out have a caveat of a kind
  SELECT k.kind, k.label, count(DISTINCT k.claim) AS claims
  FROM caveat k GROUP BY k.kind, k.label ORDER BY k.kind;

CREATE VIEW not_out AS -- One claim that is held or withdrawn, and so may not be shown
  SELECT id, 'held' AS state, reason, NULL AS successor FROM held
  UNION ALL SELECT id, 'withdrawn', reason, successor FROM withdrawn;

CREATE VIRTUAL TABLE search USING fts5(
  statement, quotes, caveats, content='search_text', content_rowid='number', tokenize='unicode61 remove_diacritics 2'
);
