"""From any document to draft claims: reading files, finding sentences, drafting. Bytes and text in, values out."""
