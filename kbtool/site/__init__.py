"""The static site: templates, pages and assets. A release's JSON values in, files out; no I/O.

Everything is below one folder and links are relative with an explicit `index.html`, so that the site works from a web
server and from the disk. Served at the base URL, a stable address such as `<base><document>/<slug>` leads to its page.
Names of the site's own pages have a dot in them and so can meet no document's name; see `kbtool.site.paths`.

Every page has the same strict content security policy: styles, scripts and images of the site alone, none of them
inline, and no form that goes anywhere. A script is a classic one, `<script src="…" defer>`, named in `templates.ASSETS`
and asked for by its page's `scripts`. What scripts find in the pages:

* `#facets` on `claims.html`: an empty element before the list, for search and facets. `#claim-list` is the list; long
  lists go on in `claims.page-2.html` and so on, so a script that filters the whole base needs an index of its own.
* `.item` wherever claims are listed: `data-claim` (id), `data-type`, `data-verdict`, `data-standing` and `data-caveats`
  (kinds, parted by blanks), all codes of the vocabulary.
* `article.claim[data-claim]` on the page of a claim. `claim.json` lies beside it, in the form of
  `kbtool.site.claim_file`; a claim held back or withdrawn keeps address and file, and both say so.
* On the page of a document: `mark[data-claims]` around quoted words (numbers of the claims, parted by blanks),
  `a.ref#r-<slug>` where the marks of a claim end, `.card#c-<slug>` for the claim beside the text, `#show-skipped`.
* In addresses of templates `"~/` stands for the way up to the site's folder; what code writes has `text.TOP` there.
"""
