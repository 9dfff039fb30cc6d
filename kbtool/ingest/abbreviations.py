"""Words that a full stop belongs to, and words that a sentence likes to begin with: what sentence borders hang on.

The lists are closed and short on purpose: each word is here because its stop is read wrongly without it.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEVER_LAST = _words("""
    mr mrs ms mx dr drs prof profs st mt messrs mme mlle rev fr hon pres gov sen rep gen col lt sgt capt cmdr maj adm
    insp supt
    e.g eg i.e ie cf viz vs v approx ca incl esp resp excl aver conc diam freq orig prox susp transl
    fig figs eq eqs eqn ref refs tab chap pp p pg vol vols n° nr suppl app eds edn p.s ps
    dept univ proc ann clin ther pharmacol epidemiol pathol physiol surg neurol psychol virol immunol biol biochem
    biophys cardiol oncol gastroenterol endocrinol pediatr obstet gynecol radiol dermatol ophthalmol microbiol engl natl
    sp spp subsp var aff
    """)
"""After these, in lower case and without the stop, a sentence goes on whatever follows."""

SELDOM_LAST = _words("""
    ltd llc plc bros jr sr esq phd ph.d m.d b.sc m.sc b.a m.a d.o r.n al et
    a.m p.m am pm b.c a.d b.i.d t.i.d q.i.d q.d p.o i.v i.m s.c h.s u.s u.k u.s.a e.u u.n d.c
    blvd rd hwy bldg apt max avg temp temps wt ht diff est ext dist int tab tabs cap caps tabl assoc assn attn cont
    dept diag encl govt intl mgmt misc mult
    """)
"""After these a sentence ends where the next word is one that sentences begin with."""

SELDOM_LAST_AS_NAMES = _words("""
    inc co corp ft ave ste jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun
    ala ariz ark calif colo conn fla ga ill ind kan ky la md mass mich minn miss mont neb nev okla ore pa tenn tex va
    vt wis wyo
    """)
"""The same where they begin with a capital: "ill" and "mass" are words, "Ill." and "Mass." are states."""

UNITS = _words("sec secs min mins hr hrs wk wks mo mos yr yrs mg mcg kg ml dl cm mm km lb lbs oz ft gal tbsp tsp")
"""Behind a number, short for a unit: a sentence ends there before a capital, and goes on before a number."""

BEFORE_NUMBERS = _words("no nos art sec sect ch ed para chr op cat div")
"""Short for something only before a number; else words of their own."""

BEFORE_YEARS = _words("b c d m r fl")
"""The same in small letters alone: born, about, died, married, reigned, flourished."""

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

BEFORE_NAMES = _words("""
    a acknowledge an and as at author by chemist colleague doctor for from in judge of or physician president professor
    senator singer than thank the to versus with writer
    """)
"""Words in lower case behind which a capital with a stop is the initial of a name."""

BEFORE_LETTERS = _words("category class factor grade group hepatitis influenza part plan protein stage type vitamin")
"""Words that a single letter follows, as it does in "Vitamin C"."""

JOINING = frozenset({"and", "but", "so", "if"})
"""Of those, the ones that as often join what stands on both sides of a name with an exclamation mark."""
