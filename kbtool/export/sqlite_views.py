"""The views of the database, for common questions, its indexes and its full-text index.

Whatever view has a statement has its caveats and its notice beside it. The views use nothing that SQLite 3.9 (2015)
lacks, so that old readers can open the file.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class View:
    """One view."""

    name: str
    holds: str
    """What a row of it is, in one sentence without its full stop."""
    query: str


VIEWS: tuple[View, ...] = (
    View(
        "claim_sheet",
        "One claim that is out, with its caveats, their bases and its quotes, on one row",
        """
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
  ORDER BY c.number""",
    ),
    View(
        "evidence_use",
        "One way in which a claim that is out rests on an evidence record",
        """
  SELECT u.evidence, e.citation, e.status, u.claim, u.way, u.stance_label, u.finding,
    c.statement, c.caveats, c.notice
  FROM (
    SELECT evidence, claim, 'cited' AS way, stance_label, finding FROM claim_evidence
    UNION ALL SELECT basis_evidence, claim, 'basis of a caveat', NULL, text FROM caveat WHERE basis = 'evidence'
    UNION ALL SELECT certainty_stated_by, id, 'states the certainty', NULL, certainty_label FROM claim
      WHERE certainty_stated_by IS NOT NULL
    UNION ALL SELECT ref, claim, 'the study spoken of', NULL, NULL FROM claim_field WHERE ref IS NOT NULL
  ) u JOIN evidence e ON e.id = u.evidence JOIN claim c ON c.id = u.claim""",
    ),
    View(
        "unreviewed",
        "One claim that is out and that no qualified person has reviewed as it stands",
        """
  SELECT c.id, c.statement, c.caveats, c.notice, c.rating_label, c.standing_label, c.standing_reason, c.uri
  FROM claim c WHERE c.notice IS NOT NULL ORDER BY c.number""",
    ),
    View(
        "lapsing",
        "One claim whose approval lapses within 30 days of the release's as_of",
        """
  SELECT c.id, c.lapses_on, CAST(julianday(c.lapses_on) - julianday(r.as_of) AS INTEGER) AS days_left,
    c.approved_on, c.statement, c.caveats, c.notice, c.uri
  FROM claim c CROSS JOIN release r
  WHERE c.lapses_on IS NOT NULL AND julianday(c.lapses_on) - julianday(r.as_of) <= 30
  ORDER BY c.lapses_on, c.number""",
    ),
    View(
        "verdict_count",
        "How many claims that are out have a rating, and how many of those nobody has reviewed",
        """
  SELECT c.rating, c.rating_label, count(*) AS claims, count(c.notice) AS unreviewed
  FROM claim c GROUP BY c.rating, c.rating_label ORDER BY c.rating""",
    ),
    View(
        "caveat_count",
        "How many claims that are out have a caveat of a kind",
        """
  SELECT k.kind, k.label, count(DISTINCT k.claim) AS claims
  FROM caveat k GROUP BY k.kind, k.label ORDER BY k.kind""",
    ),
    View(
        "not_out",
        "One claim that is held or withdrawn, and so may not be shown",
        """
  SELECT id, 'held' AS state, reason, NULL AS successor FROM held
  UNION ALL SELECT id, 'withdrawn', reason, successor FROM withdrawn""",
    ),
    View(
        "search_text",
        "What the full-text index holds of a claim",
        """
  SELECT c.number, c.statement, c.caveats,
    (SELECT group_concat(exact, char(10)) FROM (
      SELECT q.exact FROM quote q WHERE q.claim = c.id ORDER BY q.position)) AS quotes
  FROM claim c""",
    ),
)

INDEXES: tuple[str, ...] = (
    "CREATE INDEX claim_by_document ON claim (document)",
    "CREATE INDEX claim_by_rating ON claim (rating)",
    "CREATE INDEX claim_by_standing ON claim (standing)",
    "CREATE INDEX claim_by_certainty ON claim (certainty_stated_by)",
    "CREATE INDEX caveat_by_kind ON caveat (kind)",
    "CREATE INDEX caveat_by_evidence ON caveat (basis_evidence)",
    "CREATE INDEX claim_evidence_by_evidence ON claim_evidence (evidence)",
    "CREATE INDEX claim_field_by_ref ON claim_field (ref)",
    "CREATE INDEX relation_by_other ON relation (other)",
    "CREATE INDEX tag_by_tag ON tag (tag)",
    "CREATE INDEX identifier_by_value ON identifier (value)",
    "CREATE INDEX decision_by_claim ON decision (claim)",
)
"""What is looked up by something other than its key; made after the rows, which is faster."""

SEARCH: tuple[str, ...] = (
    """CREATE VIRTUAL TABLE search USING fts5(
  statement, quotes, caveats, content='search_text', content_rowid='number', tokenize='unicode61 remove_diacritics 2'
)""",
    "INSERT INTO search (search) VALUES ('rebuild')",
    "INSERT INTO search (search) VALUES ('optimize')",
)
"""The full-text index over statements, quotes and caveats: a row's `rowid` is the claim's `number`.

It holds no text of its own, so that no search finds a statement without the row that has its caveats.
"""


def view_sql(view: View) -> str:
    """The statement that makes a view, with what a row of it is as a comment."""
    return f"CREATE VIEW {view.name} AS -- {view.holds}{view.query}"
