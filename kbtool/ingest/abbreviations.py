"""Words that a full stop belongs to, and words that a sentence likes to begin with: what sentence borders hang on.

The lists are closed and short on purpose: each word is here because its stop is read wrongly without it.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEVER_LAST = _words("""
        mr mrs ms mx dr prof st mt ft messrs mme mlle rev fr hon pres gov sen rep gen col lt sgt capt cmdr maj adm
    insp supt
    e.g eg i.e ie cf viz vs v approx ca incl esp resp excl
    fig figs eq eqs eqn ref refs tab chap pp p pg vol vols n° nr suppl app eds edn p.s ps
    dept univ proc ann clin ther pharmacol epidemiol pathol physiol surg neurol psychol
    sp spp subsp var aff
    """)
"""After these, in lower case and without the stop, a sentence goes on whatever follows."""

SELDOM_LAST = _words("""
    inc co corp ltd llc plc bros jr sr esq phd ph.d m.d b.sc m.sc b.a m.a d.o r.n al et
    a.m p.m am pm b.c a.d b.i.d t.i.d q.i.d q.d p.o i.v i.m s.c h.s u.s u.k u.s.a e.u u.n d.c
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun
    ave blvd rd hwy ste bldg apt min max avg temp wt ht diff est ext dist int
    hr hrs sec secs mins yr yrs mo mos wk wks mg mcg kg ml dl cm mm km lb lbs oz ft gal tbsp tsp tab tabs cap caps
    ala ariz ark calif colo conn fla ga ill ind kan ky la md mass mich minn miss mont neb nev okla ore pa tenn tex va
    vt wis wyo
    """)
"""After these a sentence ends where the next word is one that sentences begin with."""

BEFORE_NUMBERS = _words("no nos art sec sect ch ed para")
"""Short for something only before a number; else words of their own."""

STARTERS = _words("""
    a about according after all also although an and another any anyone are as at because before both but by can could
        did do does during each even every everyone few finally first for from furthermore had has have he hence her
    here his
        how however i if in is it its last later let's many maybe moreover most my no none nor not now of on once
    one only or
    our over perhaps please several she should since so some still such than that the their them then there therefore
    these they this those though through thus to today together under unlike until was we were what when where whether
    which while who whose why will with without would yes yet you your
    """)
"""Words of a closed class, in lower case; one of them in capitals after an abbreviation begins a sentence."""

LOWER_STARTERS = _words("""
    i it the he she they we you this that there these those but and so if my what how when why who
        its it's i'm i've i'd i'll he's she's they're we're you're that's there's what's don't please thanks http
    https www
    """)
"""Words that begin a sentence even in lower case, as people write to each other."""

JOINING = frozenset({"and", "but", "so", "if"})
"""Of those, the ones that as often join what stands on both sides of a name with an exclamation mark."""
