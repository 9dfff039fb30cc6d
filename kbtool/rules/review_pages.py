"""The manual pages of what reading and verifying decisions, governance, log and waivers finds; most are locked."""

from __future__ import annotations

from collections.abc import Iterator

from kbtool.diagnostics import Severity
from kbtool.rules.rule import RulePage

_RESTORE = "Restore the file from the repository's history; signed files are never edited."

_PAGES: tuple[tuple[str, str, str, str], ...] = (
    (
        "decision-altered",
        "A signed file's bytes are not the ones that its name or the log promises.",
        "Somebody changed what another person signed, or swapped one file for another.",
        _RESTORE,
    ),
    (
        "malformed-decision",
        "A file among the decisions is no signed statement.",
        "What cannot be read cannot be verified, and a decision may be lost in it.",
        _RESTORE,
    ),
    (
        "malformed-report",
        "A file among the readers' reports is no report.",
        "A reader's objection may be lost in it.",
        "Restore the file, or delete it where it never was a report.",
    ),
    (
        "wrong-subject",
        "A decision is about another claim than the one it lies under.",
        "An approval of one claim would be shown for another.",
        _RESTORE,
    ),
    (
        "kept-content-missing",
        "The exact content that a decision is about is not kept.",
        "Nobody can show any more which words were approved.",
        "Put the file back under `reviewed/`; its name is the digest that the decision names.",
    ),
    (
        "kept-content-altered",
        "A kept content is not the one that its name promises.",
        "The words shown as approved are not the approved ones.",
        _RESTORE,
    ),
    (
        "kept-policy-altered",
        "A kept policy is not the one that its name promises.",
        "The rules shown as those of a decision are not the ones that it was made under.",
        _RESTORE,
    ),
    (
        "decided-claim-missing",
        "A claim that was decided about has no record any more.",
        "A claim that vanishes leaves readers with what they have copied and nobody to tell them.",
        "Restore the record; to take a claim back, withdraw it, so that a tombstone remains.",
    ),
    (
        "decision-without-note",
        "A decision that must be explained has no note.",
        "A rejection without a reason cannot be answered.",
        "Decide again with a note.",
    ),
    (
        "unsigned-decision",
        "A decision that counts only when signed carries no signature.",
        "Anybody can write a file with a name in it.",
        "Let the reviewer sign it with their key; unsigned files can only comment and request changes.",
    ),
    (
        "bad-signature",
        "A signature does not hold for what it is said to sign.",
        "The words were changed after signing, or somebody else signed.",
        _RESTORE,
    ),
    (
        "unknown-key",
        "A decision is signed by a key that no reviewer has.",
        "Nobody knows whose decision it is.",
        "Add the reviewer's key to `reviewers.yaml` and let the root keys sign it, or remove the decision.",
    ),
    (
        "key-not-valid-then",
        "A decision was signed by a key before it counted or after it was revoked.",
        "A stolen key can sign anything; what the log did not hold before the revocation cannot be told from that.",
        "Let the reviewer decide again with a valid key.",
    ),
    (
        "signed-by-another",
        "A decision names one reviewer and is signed with the key of another.",
        "Each person answers for their own decisions.",
        "Let the person named decide with their own key.",
    ),
    (
        "acting-without-delegation",
        "A decision is made for somebody who has not named its author to stand in on that day.",
        "It would be shown as the word of a colleague who never asked for it.",
        (
            "Let its author decide anew in their own name. Where the absence was deleted from `reviewers.yaml`, put it "
            "back: absences stay, so that old decisions can be checked."
        ),
    ),
    (
        "self-approval",
        "Somebody approves what they drafted.",
        "The second pair of eyes is the point of a review.",
        "Let another person approve it.",
    ),
    (
        "interests-out-of-date",
        "Somebody approves without a current statement of interests.",
        "Readers must be able to see what a reviewer stands to gain.",
        "Add a dated statement to `reviewers.yaml` and decide again.",
    ),
    (
        "no-trust-root",
        "A decision approves in a base that pins no root keys.",
        "Without root keys anybody can name themselves a reviewer.",
        "Hold the first key ceremony: pin root keys in `kb.yaml` and sign reviewers and policy with them.",
    ),
    (
        "decision-misdated",
        "A decision's date does not fit the log: before a checkpoint that it names, or after the one that took it up.",
        "A back-dated approval hides that the words were published before anybody looked.",
        "Decide again with the right date.",
    ),
    (
        "malformed-key",
        "A reviewer's key is not one, or two people have the same.",
        "A signature must lead to one person.",
        "Copy the public key that `kbtool key new` printed.",
    ),
    (
        "ungoverned-change",
        "Reviewers, policy or root keys are not the ones that the root key holders signed.",
        "Whoever can edit a file could make themselves a reviewer or lower what an approval takes.",
        "Undo the change, or let the root key holders sign it.",
    ),
    (
        "governance-broken",
        "The chain of signed changes of reviewers, policy and root keys has a gap, a fork or a wrong link.",
        "A state that was skipped may have been the one that revoked a key.",
        "Restore the missing file; of two that follow the same one, find out which was agreed.",
    ),
    (
        "governance-unsigned",
        "A change of reviewers, policy or root keys lacks signatures of root keys.",
        "As many root key holders as the threshold says must agree.",
        "Let them sign it with `kbtool govern sign`.",
    ),
    (
        "log-altered",
        (
            "The log is not the one that its checkpoint was signed over: "
            "edited, dropped, added, moved or repeated entries."
        ),
        "The log is what shows that no decision was slipped in or taken out.",
        "Restore the log from the repository's history; it only ever grows.",
    ),
    (
        "log-unsigned",
        "The log has no checkpoint, or one whose signature does not hold under the key in `kb.yaml`.",
        "Without it anybody could write another history.",
        "Restore the checkpoint, or make one with `kbtool audit checkpoint`.",
    ),
    (
        "log-forked",
        (
            "A checkpoint that was kept or named in a decision is no beginning of the log: "
            "it was rolled back or rewritten."
        ),
        "Two people have been shown two histories.",
        "Find out which history was published, and restore it.",
    ),
    (
        "logged-file-missing",
        "The log, or a reviewer who had seen it, names a file that is gone.",
        "A decision that somebody would rather not have made must not vanish.",
        "Restore the file from the repository's history.",
    ),
    (
        "status-not-as-decided",
        "The review status in a record is not what its decisions amount to.",
        "People read the record; it must not promise what nobody decided.",
        "Let the tool write it: any `kbtool review` command does, and `kbtool review sync` for all records.",
    ),
    (
        "waiver-of-locked-rule",
        "A waiver names a rule that cannot be waived.",
        "Quotes, negations, caveats and approvals are what people rely on.",
        "Mend what the rule finds, and delete the waiver.",
    ),
    (
        "lapsed-waiver",
        "A waiver has run out, or was granted for another content.",
        "An exception without an end becomes the rule.",
        "Mend what it covered, or grant a new one after looking again.",
    ),
    (
        "waiver-without-effect",
        "A waiver names a rule, record or person that does not exist, or ends before it begins.",
        "It seems to cover something and covers nothing.",
        "Correct it or delete it.",
    ),
)


_REMARKS: tuple[tuple[str, str, str, str], ...] = (
    (
        "kept-policy-missing",
        "A decision or a governance names a policy whose exact bytes are not kept.",
        "Nobody can show any more by which rules it was made.",
        (
            "Put the policy back under `reviewed/`, named by its digest, from the repository's history. Every decision "
            "keeps the policy that it names; the ones of older versions of kbtool did not."
        ),
    ),
    (
        "kept-policy-unnamed",
        "A kept policy is one that no decision and no governance names.",
        "It looks like the rules that somebody decided by, and nobody did.",
        "Delete the file where it was put there by hand; else find the decision that named it.",
    ),
)
"""What keeps no decision from counting."""


def review_pages() -> Iterator[RulePage]:
    """The page of every rule that reading a review reports under."""
    for name, summary, why, mend in _PAGES:
        yield RulePage(name, summary, why, mend, Severity.ERROR, locked=True)
    for name, summary, why, mend in _REMARKS:
        yield RulePage(name, summary, why, mend, Severity.WARNING)
