"""The words with which the linked-data formats speak of evidence, sources, releases and vocabulary terms."""

from __future__ import annotations

from collections.abc import Mapping

from kbtool.export.linked_word import DATE, IRI, LIST, TEXT, TRUTH, WHOLE, Word, own

EVIDENCE: Mapping[str, Word] = {
    "evidenceKind": own("evidenceKind", IRI, "The kind of work."),
    "bibliographicCitation": Word("dcterms:bibliographicCitation", TEXT, "How to cite it, on one line."),
    "itemType": own("itemType", TEXT, "The kind of publication, as CSL names it."),
    "authors": own("authors", LIST, "The authors as seen, in order."),
    "familyName": Word("foaf:familyName", TEXT, "Family name."),
    "givenName": Word("foaf:givenName", TEXT, "Given names or initials."),
    "containerTitle": own("containerTitle", TEXT, "Journal, site or book."),
    "volume": own("volume", TEXT, "Volume."),
    "issue": own("issue", TEXT, "Issue."),
    "page": own("page", TEXT, "Pages or article number."),
    "issued": Word("dcterms:issued", TEXT, "Year, month or day of publication, with the XSD type of its form."),
    "genre": own("genre", TEXT, "What sort of document, where the type does not say."),
    "doi": own("doi", TEXT, "Digital Object Identifier."),
    "pmid": own("pmid", TEXT, "PubMed id."),
    "pmcid": own("pmcid", TEXT, "PubMed Central id."),
    "registration": own("registration", TEXT, "Number in a register of trials or reviews."),
    "otherIdentifier": own("otherIdentifier", TEXT, "Any other identifier, with its kind in front."),
    "design": own("design", TEXT, "The study's design in words."),
    "population": own("population", TEXT, "Who or what was studied."),
    "n": own("n", TEXT, "How many."),
    "result": own("result", TEXT, "What it found, in our own words."),
    "certaintyStated": own("certaintyStated", TEXT, "Certainty that the work itself states."),
    "limits": own("limits", TEXT, "Limits of the work or of the way it was seen."),
    "seenHow": own("seenHow", TEXT, "`full-text`, `abstract`, `second-hand` or `not-seen`."),
    "seenAt": own("seenAt", IRI, "The addresses looked at."),
    "seenDetail": own("seenDetail", TEXT, "What exactly was looked at."),
    "workState": own("workState", TEXT, "Whether the work still stands: `current`, `retracted` and the like."),
    "workStateOn": own("workStateOn", DATE, "The day this was established."),
    "workStateSource": own("workStateSource", TEXT, "How it was established."),
    "overlaps": own("overlaps", IRI, "Evidence that shares its data or authors."),
    "checkedOn": own("checkedOn", DATE, "When the record was last held against what was seen."),
    "checkedHow": own("checkedHow", TEXT, "How, and what is still open."),
}
"""Words of an evidence record, by name."""

SOURCE: Mapping[str, Word] = {
    "published": Word("dcterms:created", DATE, "When it was published."),
    "rightsUse": own("rightsUse", TEXT, "`full-text` or `quotes-only`: what may go out."),
    "rightsHolder": own("rightsHolder", TEXT, "Whose the text is."),
    "rights": Word("dcterms:rights", TEXT, "On what ground it is kept and quoted."),
    "found": own("found", IRI, "Where the stored text came from."),
    "copies": own("copy", IRI, "Other places that carry the same text; never evidence for it."),
    "storedText": own("storedText", IRI, "The stored text under check."),
    "bytes": own("bytes", WHOLE, "Number of bytes."),
    "characters": own("characters", WHOLE, "Number of code points."),
    "mediaType": own("mediaType", TEXT, "What the bytes are."),
    "storedOn": own("storedOn", DATE, "The day it was stored."),
    "fullText": own("fullText", TEXT, "The text itself, where its rights let it go out."),
    "sentences": own("sentence", IRI, "The sentences of the text."),
    "skipped": own("skipped", IRI, "Passages of which no claim is made."),
    "skipReason": own("skipReason", IRI, "Why no claim is made of it."),
    "connectives": own("connective", IRI, "Joining words between claims."),
    "textCoverage": own("coverage", IRI, "How much of the text is accounted for."),
    "letters": own("letters", WHOLE, "Letters, digits and signs of the text."),
    "quoted": own("quoted", WHOLE, "Those in a quote of a claim."),
    "setAside": own("setAside", WHOLE, "Those in a skipped passage."),
    "joining": own("joining", WHOLE, "Those in a connective."),
    "unaccounted": own("unaccounted", WHOLE, "The rest."),
}
"""Words of a document under check, by name."""

RELEASE: Mapping[str, Word] = {
    "contract": own("contract", TEXT, "Name and version of the documented contract that the file follows."),
    "generator": own("generator", TEXT, "The program that made the file."),
    "gate": own("gate", TEXT, "What was let out: `approved` or `any`."),
    "gateExplanation": own("gateExplanation", TEXT, "The gate in words."),
    "validUntil": own("validUntil", DATE, "The last day on which every approval in the release holds."),
    "schemaVersion": own("schemaVersion", WHOLE, "Version of the record format."),
    "baseUrl": own("baseUrl", IRI, "Stem of every public identifier."),
    "license": Word("dcterms:license", IRI, "The licence of the records, where it is one with a well-known address."),
    "dataLicence": own("dataLicence", TEXT, "Licence of the records, as the base names it."),
    "codeLicence": own("codeLicence", TEXT, "Licence of the code beside the records."),
    "textLicence": own("textLicence", TEXT, "What holds for the stored texts and their quotes."),
    "publisher": Word("dcterms:publisher", IRI, "Who publishes the base."),
    "intendedUse": own("intendedUse", IRI, "What the base is for."),
    "isFor": own("isFor", TEXT, "What it is for."),
    "isNot": own("isNot", LIST, "What it is not."),
    "claimCount": own("claimCount", WHOLE, "Claims that went out."),
    "caveatCount": own("caveatCount", WHOLE, "Caveats of those claims."),
    "evidenceCount": own("evidenceCount", WHOLE, "Evidence records."),
    "sourceCount": own("sourceCount", WHOLE, "Documents."),
    "heldCount": own("heldCount", WHOLE, "Claims kept back."),
    "withdrawnCount": own("withdrawnCount", WHOLE, "Claims withdrawn."),
    "checkpoint": own("checkpoint", IRI, "The log of decisions at that time."),
    "policyDigest": own("policyDigest", TEXT, "SHA-256 of the policy's file."),
    "heldIn": own("heldIn", IRI, "The release that keeps the claim back."),
    "withdrawnIn": own("withdrawnIn", IRI, "The release that says so."),
}
"""Words of a release, by name."""

VOCABULARY: Mapping[str, Word] = {
    "prefLabel": Word("skos:prefLabel", TEXT, "What readers see."),
    "definition": Word("skos:definition", TEXT, "What it means."),
    "notation": Word("skos:notation", TEXT, "The code that records use."),
    "inScheme": Word("skos:inScheme", IRI, "The list that it stands in."),
    "needs": own("needs", IRI, "A rating needs evidence with one of these stances."),
    "symmetric": own("symmetric", TRUTH, "Whether both claims name each other."),
    "acyclic": own("acyclic", TRUTH, "Whether a chain of such links never comes back to where it began."),
    "cascading": own("cascading", TRUTH, "Whether doubt about the other claim reaches this one."),
    "sameVerdict": own("sameVerdict", TRUTH, "Whether both claims have the same rating."),
    "words": own("word", TEXT, "Words of the group, in lower case."),
}
"""Words of vocabulary terms, by name."""
