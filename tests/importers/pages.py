"""Whole pages in very different markup, all about invented things, for the tests of what is ticked at first.

Each piece of text carries a sign of what it is to be at first: after KEEP it is ticked, after LEAVE it is not. On the
page itself the signs are two characters that are no letters, so that no line begins with another word than its own.
"""

KEEP, LEAVE = "\ue000", "\ue001"

MENU = "".join(f"<li><a href='/{name}'>LEAVE {name}</a></li>" for name in ("Harbour", "Council", "Schools", "Sport"))
TEASERS = (
    "LEAVE Choir seeks tenors for the spring",
    "LEAVE Quay wall repairs are delayed again",
    "LEAVE What the ferry trial cost the town",
)
PROSE = (
    "KEEP The harbour ferry between Eastquay and Skarn Point will run every hour until March, its operator said.",
    "KEEP Some 4,100 people crossed in January, according to the harbour office, twice as many as last year.",
    "KEEP “We thought the boats would be empty. They were not,” said Jorun Haldane, who manages the route.",
    "KEEP Not everyone is pleased: residents of the lower quay say that the engines wake them at six every morning.",
    "KEEP A quieter boat arrives in April. The operator did not say what it costs, and Mayor Ilse Varga did not ask.",
)
HEADLINE = "KEEP Harbour ferry to run hourly through the winter"
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in PROSE)
CREDITS = "KEEP © 2026 The Eastquay Lantern. All rights reserved."
TITLE = f"<title>{HEADLINE} | The Eastquay Lantern</title>"


def links(texts: tuple[str, ...] = TEASERS) -> str:
    """A list of links to other stories."""
    return "".join(f"<li><a href='/s/{number}'>{text}</a></li>" for number, text in enumerate(texts))


OLD_TABLES = f"""{TITLE}<body><table><tr><td colspan=2>
<font size=1>LEAVE The Lantern on the web since 1998</font></td></tr>
<tr><td width=120><a href=/a>LEAVE Front page</a><br><a href=/b>LEAVE Council</a><br><a href=/c>LEAVE Tides</a></td>
<td><font size=5><b>{HEADLINE}</b></font><br><br>KEEP By Ilse Varga, 6 March 2026<br><br>{"<br><br>".join(PROSE)}
<br><br><i>KEEP Like this story? Please donate to keep the Lantern free.</i></td></tr>
<tr><td colspan=2><font size=1>{CREDITS}</font></td></tr></table>"""

DIV_SOUP = f"""{TITLE}<body><div id=w><div id=t><div><a href=/>LEAVE Lantern</a></div>
<div><a href=/x>LEAVE News</a></div><div><a href=/y>LEAVE Sport</a></div></div><div id=m><div id=l>
<div id=h>{HEADLINE}</div><div>KEEP By Ilse Varga</div><div>KEEP 6 March 2026, 08:15</div>
{"".join(f"<div>{text}</div>" for text in PROSE)}
<div id=n><div>KEEP Get the morning tide, our newsletter, in your inbox at six.</div>
<input type=email><button>LEAVE OK</button></div></div><div id=r><div>LEAVE Most read</div>
{"".join(f"<div><a href=/s/{text[-4:]}>{text}</a></div>" for text in TEASERS)}</div></div>
<div id=b><a href=/i>LEAVE Imprint</a> <a href=/p>LEAVE Privacy</a><div>{CREDITS}</div></div></div>"""

WORDPRESS = f"""<html lang=en><head>{TITLE}</head><body class="single comments-open"><header><p>
<a href=/>LEAVE The Lantern</a></p>
<nav><ul>{MENU}</ul></nav></header><main><article><header><h1>{HEADLINE}</h1><p>KEEP Posted on
<time datetime=2026-03-06>6 March 2026</time> by <a rel=author href=/i>Ilse Varga</a></p></header>
<figure><img><figcaption>KEEP The ferry at dawn</figcaption></figure><div>{PARAGRAPHS}
<blockquote><p>KEEP A winter without the ferry would be a poorer winter.</p></blockquote>
<h2>KEEP What comes next</h2><ul><li>KEEP a quieter boat</li><li>KEEP a new timetable</li></ul>
<p>KEEP Correction: an earlier version of this story gave the wrong year.</p>
<div><h3>LEAVE Share this:</h3><ul><li><a href=/f>LEAVE Facebook</a></li><li><a href=/t>LEAVE Mail</a></li></ul>
</div></div>
<footer><p>LEAVE Tags: <a href=/1>ferry</a>, <a href=/2>harbour</a></p></footer></article>
<section id=comments><h2>LEAVE 2 thoughts on the ferry</h2><ol><li>
<p>LEAVE I have always said that the ferry should run
more often than it does, and now it does.</p></li><li><p>LEAVE The engines are loud, and nobody at the harbour office
ever answers when I write to them about it.</p></li></ol><form><label>LEAVE Your comment</label><textarea>
</textarea></form>
</section></main><aside><h2>LEAVE Recent posts</h2><ul>{links()}</ul></aside><footer><p>{CREDITS}</p></footer>"""

CARD = (
    "<article><h3><a href=/s>{}</a></h3>"
    "<p>LEAVE A few words that tell what this other story is all about, to make one go and read it.</p></article>"
)
CARDS = "".join(CARD.format(text) for text in TEASERS)
TEASERS_FIRST = f"""{TITLE}<body><div class=grid>{CARDS}</div><article><h1>{HEADLINE}</h1>{PARAGRAPHS}
<section><p>KEEP Ilse Varga is a reporter for the Lantern in Eastquay.</p></section>
<div>{CARDS.replace("article", "div")}</div></article>
<div class=grid>{CARDS}</div><footer><ul>{MENU * 9}</ul><div><p>KEEP Available for everyone, funded by readers</p>
<a href=/give>LEAVE Give 5 crowns</a></div><p>{CREDITS}</p></footer>"""

NESTED_ASIDES = f"""{TITLE}<body><nav>{MENU}</nav><main><h1>{HEADLINE}</h1><p>{PROSE[0]}</p>
<aside><h2>LEAVE Related</h2><ul>{links()}</ul></aside><p>{PROSE[1]}</p>
<aside><p>KEEP Riverline runs four boats on three routes and was founded in 1971, says its own chronicle.</p></aside>
<p>{PROSE[2]}</p><div><h2>LEAVE More on this story</h2><div><a href=/1>{TEASERS[0]}</a></div>
<div><a href=/2>{TEASERS[1]}</a></div></div><p>{PROSE[3]}</p>
<ul><li><a href=/3>{TEASERS[2]}</a></li><li>LEAVE 49 minutes ago</li><li><a href=/4>{TEASERS[0]}</a></li>
<li>LEAVE yesterday</li></ul><p>{PROSE[4]}</p></main>
<footer><ul><li><a href=/a>LEAVE About us</a><li><a href=/k>LEAVE Contact</a></ul><p>{CREDITS}</p></footer>"""

APPEAL_IN_THE_MIDDLE = f"""{TITLE}<body><header><a href=/>LEAVE Lantern</a></header><article><h1>{HEADLINE}</h1>
<div class=byline>KEEP By Ilse Varga</div><div class=text><p>{PROSE[0]}</p><p>{PROSE[1]}</p>
<div class=box><h4>KEEP Since you are here</h4>
<p>KEEP No billionaire owns us. From 5 crowns a month you keep the Lantern free.</p>
<a href=/give>LEAVE Give 5 crowns</a></div><p>{PROSE[2]}</p><div class=ad><span>LEAVE Advertisement</span></div>
<p>{PROSE[3]}</p><p>{PROSE[4]}</p></div>
<div class=newsletter><h4>KEEP The morning tide</h4><p>KEEP Sign up for our newsletter, every weekday at six.</p>
<form><input type=email><button>LEAVE Go</button></form></div>
<div id=comment-list><p>LEAVE I have always said that the ferry should run more often than it does, and now it does.</p>
<p>LEAVE The engines are loud, and nobody at the harbour office ever answers when I write to them.</p></div></article>
<div class=cookie><p>KEEP We and our partners use cookies. Accept or manage your choices.</p></div>
<footer><p>{CREDITS}</p></footer>"""

ENTRY = (
    "<article><time>KEEP 0{0}:15</time><h2><a href='https://lantern.example/live#p{0}'>KEEP Entry number {0}</a></h2>"
    "<p>{1}</p></article>"
)
LIVE_BLOG = f"""{TITLE}<body><nav><ul>{MENU}</ul></nav><main><h1>{HEADLINE}</h1>
<p>KEEP Our reporters follow the first day of the new timetable from both sides of the harbour.</p>
<div class=feed>{"".join(ENTRY.format(number, text) for number, text in enumerate(PROSE))}</div></main>
<footer><p>{CREDITS}</p></footer>"""

AMP = f"""<!doctype html><html amp lang=en><head>{TITLE}<style amp-custom>.closed{{display:none}}</style></head><body>
<amp-sidebar layout=nodisplay><ul>{MENU}</ul></amp-sidebar><header><a href=/>LEAVE Lantern</a></header><main><article>
<h1>{HEADLINE}</h1><amp-img src=x><p hidden>LEAVE nothing</p></amp-img>
<p class=closed>LEAVE nothing either</p>{PARAGRAPHS}
<amp-list><div>LEAVE Read next</div><div><a href=/1>{TEASERS[0]}</a></div><div><a href=/2>{TEASERS[1]}</a></div>
</amp-list>
</article></main><footer>{CREDITS}</footer>"""

JAPANESE = """<html lang=ja><head><title>KEEP 港の渡し船、冬のあいだ毎時運航へ - イーストキー新聞</title></head>
<body><div id=nav><a href=/1>LEAVE 国内</a><a href=/2>LEAVE 国際</a><a href=/3>LEAVE 経済</a></div>
<div id=main><h1>KEEP 港の渡し船、冬のあいだ毎時運航へ</h1><div>KEEP 2026年3月6日 8:15</div>
<div class=t><p>KEEP 　港の渡し船は三月末まで毎時運航すると運航会社が月曜日に発表した。</p>
<p>KEEP 　一月の利用者は四千百人で、前年の同じ月のほぼ二倍だったという。</p>
<p>KEEP 　住民からは、早朝の音がうるさいという声も出ている。</p></div>
<div class=s><h3>LEAVE 関連記事</h3><ul><li><a href=/4>LEAVE 岸壁の工事、再び延期</a></li>
<li><a href=/5>LEAVE 合唱団が歌い手を募集</a></li></ul></div></div>
<div id=foot><a href=/6>LEAVE 会社案内</a> <a href=/7>LEAVE お問い合わせ</a>
<p>KEEP 無断転載を禁じます。 © イーストキー新聞</p></div>"""

ARABIC = """<html lang=ar dir=rtl><head><title>KEEP عبّارة الميناء تعمل كل ساعة في الشتاء | فانوس</title></head><body>
<ul><li><a href=/1>LEAVE محليات</a></li><li><a href=/2>LEAVE رياضة</a></li><li><a href=/3>LEAVE ثقافة</a></li></ul>
<div><h2>KEEP عبّارة الميناء تعمل كل ساعة في الشتاء</h2><span>KEEP بقلم إلسه فارغا</span><div>
<p>KEEP قالت الشركة المشغلة يوم الاثنين إن عبّارة الميناء ستعمل كل ساعة حتى نهاية شهر آذار.</p>
<p>KEEP وعبر الميناء نحو أربعة آلاف شخص في كانون الثاني، أي ضعف عدد العام الماضي، بحسب مكتب الميناء.</p>
<p>KEEP لكن سكان الرصيف السفلي يقولون إن المحركات توقظهم في السادسة صباحا كل يوم.</p></div>
<h3>LEAVE اقرأ أيضا</h3><ul><li><a href=/4>LEAVE تأجيل أعمال الرصيف مرة أخرى</a></li><li>
<a href=/5>LEAVE الجوقة تبحث عن أصوات</a></li></ul>
</div><p>KEEP جميع الحقوق محفوظة © فانوس</p>"""

TWICE = f"""{TITLE}<body><div><h1>{HEADLINE.replace("KEEP", "LEAVE")} <a href=/>at the Lantern</a></h1></div>
<ul>{MENU * 5}</ul><div><h3>{HEADLINE}</h3><p>KEEP Ilse Varga | 6 March 2026</p>{PARAGRAPHS}</div><p>{CREDITS}</p>"""

NO_HEAD = f"<h1>{HEADLINE}</h1>{PARAGRAPHS}"

WRITTEN = {
    "old tables": OLD_TABLES,
    "boxes without landmarks": DIV_SOUP,
    "a weblog with comments": WORDPRESS,
    "teasers before and after": TEASERS_FIRST,
    "asides in the story": NESTED_ASIDES,
    "an appeal in the middle": APPEAL_IN_THE_MIDDLE,
    "a live report": LIVE_BLOG,
    "a page for phones": AMP,
    "Japanese": JAPANESE,
    "Arabic": ARABIC,
    "the headline twice": TWICE,
    "nothing but the story": NO_HEAD,
}
PAGES = {name: page.replace("KEEP ", KEEP).replace("LEAVE ", LEAVE) for name, page in WRITTEN.items()}
