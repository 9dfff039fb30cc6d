"""From the bytes of a base's files to typed records, with a diagnostic for everything that is not one."""

from kbtool.records.base import KnowledgeBase, Record

__all__ = ["KnowledgeBase", "Record"]
