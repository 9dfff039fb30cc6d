"""The classes of the linked-data formats, and the words that several of them share."""

from __future__ import annotations

from collections.abc import Mapping

from kbtool.export.linked_word import CLASS, DATE, INDIVIDUAL, IRI, TEXT, TIME, WHOLE, Word, own

CLASSES: Mapping[str, Word] = {
    "Release": own("Release", CLASS, "A frozen set of claims, with what is held back and what was withdrawn."),
    "Claim": own("Claim", CLASS, "One checkable statement of a document."),
    "HeldClaim": own("HeldClaim", CLASS, "A claim that is kept back and may not be shown."),
    "WithdrawnClaim": own("WithdrawnClaim", CLASS, "What remains of a claim that was taken back for good."),
    "Stated": own("Stated", CLASS, "A value as the document words it."),
    "Quote": own("Quote", CLASS, "Words of a document that a claim or caveat relies on."),
    "Caveat": own("Caveat", CLASS, "A stated limit of a claim, which must be shown with it."),
    "EvidenceLink": own("EvidenceLink", CLASS, "What one evidence record has to say about one claim."),
    "Verdict": own("Verdict", CLASS, "What checking found."),
    "Certainty": own("Certainty", CLASS, "How certain a review says the evidence is, for one outcome."),
    "Relation": own("Relation", CLASS, "A typed link to another claim, which may be held or withdrawn."),
    "Drafting": own("Drafting", CLASS, "The writing of a record; no approval."),
    "Decision": own("Decision", CLASS, "What one reviewer decided about one content of a claim, as a signed file."),
    "Reviewer": own("Reviewer", CLASS, "Somebody who decides, by id; names are in the base only."),
    "Evidence": own("Evidence", CLASS, "A study, guideline, notice or page, and how it was seen."),
    "Source": own("Source", CLASS, "A document under check."),
    "Place": own("Place", CLASS, "Where a document, or a copy of it, was found."),
    "Span": own("Span", CLASS, "A part of a text, by its first character and the one just after its last."),
    "SkippedPassage": own("SkippedPassage", CLASS, "A passage that makes no checkable claim."),
    "Connective": own("Connective", CLASS, "Joining words between claims."),
    "Coverage": own("Coverage", CLASS, "How much of a text is accounted for, in letters, digits and signs."),
    "WordList": own("WordList", CLASS, "A list of words that the checks of a base look for."),
    "Checkpoint": own("Checkpoint", CLASS, "The log of decisions, as its newest signed checkpoint has it."),
    "IntendedUse": own("IntendedUse", CLASS, "What a base is for and what it is not."),
    "NotStated": own("NotStated", INDIVIDUAL, "Stands where the document gives no value."),
    "Activity": Word("prov:Activity", CLASS, "Something that happened, and had a result."),
    "Agent": Word("prov:Agent", CLASS, "Who is responsible for something."),
    "Entity": Word("prov:Entity", CLASS, "Something with a provenance."),
    "Concept": Word("skos:Concept", CLASS, "A term of the base's vocabulary."),
    "ConceptScheme": Word("skos:ConceptScheme", CLASS, "A list of terms."),
    "SpecificResource": Word("oa:SpecificResource", CLASS, "A part of a source."),
    "TextQuoteSelector": Word("oa:TextQuoteSelector", CLASS, "Finds a part of a text by its words."),
    "TextPositionSelector": Word("oa:TextPositionSelector", CLASS, "Finds a part of a text by its place."),
}
"""Classes, by name."""

SHARED: Mapping[str, Word] = {
    "identifier": Word("dcterms:identifier", TEXT, "Id within the base."),
    "title": Word("dcterms:title", TEXT, "Title."),
    "description": Word("dcterms:description", TEXT, "What it holds."),
    "language": Word("dcterms:language", TEXT, "Language, as a BCP 47 tag."),
    "date": Word("dcterms:date", DATE, "The day."),
    "name": Word("foaf:name", TEXT, "Name."),
    "position": own("position", WHOLE, "Place among its like, from 1."),
    "text": own("text", TEXT, "The words for readers."),
    "note": own("note", TEXT, "A remark for readers."),
    "url": own("url", IRI, "Web address."),
    "asOf": own("asOf", DATE, "The UTC day for which a standing holds."),
    "reason": own("reason", TEXT, "Why, in a sentence for readers."),
    "notice": own("notice", TEXT, "What must be shown wherever the claim or release is shown."),
    "role": own("role", TEXT, "Role of a reviewer, as the holders of the root keys agreed."),
    "digest": own("digest", TEXT, "SHA-256 in lower-case hexadecimal."),
    "size": own("size", WHOLE, "Number of entries."),
    "root": own("root", TEXT, "Root hash of the entries' RFC 9162 tree, base64."),
    "publisherName": own("publisherName", TEXT, "Name of the publisher."),
    "wasDerivedFrom": Word("prov:wasDerivedFrom", IRI, "What it was made from."),
    "wasQuotedFrom": Word("prov:wasQuotedFrom", IRI, "What the words are from."),
    "wasGeneratedBy": Word("prov:wasGeneratedBy", IRI, "What it is the result of."),
    "wasAssociatedWith": Word("prov:wasAssociatedWith", IRI, "Who did it."),
    "wasRevisionOf": Word("prov:wasRevisionOf", IRI, "What came before it."),
    "wasInvalidatedBy": Word("prov:wasInvalidatedBy", IRI, "What ended it."),
    "used": Word("prov:used", IRI, "What it was about."),
    "generatedAtTime": Word("prov:generatedAtTime", TIME, "When it began to hold: midnight UTC of its day."),
    "invalidatedAtTime": Word("prov:invalidatedAtTime", TIME, "When it ceased to hold: midnight UTC of the day."),
    "isPartOf": Word("dcterms:isPartOf", IRI, "The release that it goes out with."),
    "isReplacedBy": Word("dcterms:isReplacedBy", IRI, "What takes its place."),
}
"""Words that several kinds of things share, by name."""
