"""Words by which readers in many languages know an appeal, a byline or a list of other stories when they see one."""

import re


def any_of(*words: str) -> re.Pattern[str]:
    """A pattern for any of these, upper or lower case; words of letters match as whole words."""
    return re.compile("|".join(words), re.IGNORECASE)


# Ads are labelled with one short word.
AD_LABEL = any_of(
    r"^\W*(?:(?:paid |sponsored )?(?:advert|ad)(?:isement|ising|s)?|sponsored(?: content| links?)?|promoted|anzeigen?|"
    r"werbung|publicité|annonces?|publicidad|anuncios?|pubblicità|publicidade|advertentie|annons|реклама|"
    r"skip ad|advertisement - continue reading below|(?:story |article )?continues below(?: advertisement)?|"
    r"scroll to continue|广告|廣告|広告|スポンサーリンク|광고|إعلان|اعلان|פרסומת)\W*$"
)
RELATED = any_of(
    r"\b(?:related|recommended|most (?:read|viewed|popular|commented|shared)|more (?:from|on|stories|news|in|like|"
    r"about|"
    r"coverage|top)|read (?:more|next|also)|see also|you (?:may|might) also|don.t miss|trending|top stories|latest|"
    r"editors?.? picks?|popular|what to read|around the web|from the web|promoted stories|elsewhere on|up next|"
    r"also (?:read|in the news|on)|in other news|features?|must reads?|topics|tags|filed under|explore more)\b",
    r"\b(?:meistgelesen|meistkommentiert|mehr (?:zum|zu|von|aus)|auch interessant|lesen sie auch|weitere|"
    r"empfohlen|themen|"
    r"auch auf)\b",
    r"\b(?:à lire aussi|lire aussi|les plus lus|sur le même sujet|articles? liés?|plus d.articles|à découvrir|"
    r"dans la même)\b",
    r"\b(?:relacionad[oa]s?|lo más (?:leído|visto)|más noticias|te puede interesar|leia também|mais lidas|leggi anche|"
    r"correlati|i più letti|lees ook|meest gelezen|läs (?:mer|också)|mest läst|læs også|les også|читайте также|"
    r"по теме|czytaj (?:też|także))\b",
    "相关|相關|推荐|推薦|热门|熱門|排行|延伸阅读|延伸閱讀|関連|おすすめ|人気|ランキング|あわせて読み|관련|많이 본",
    "اقرأ أيضا|اقرأ أيضًا|ذات صلة|الأكثر قراءة|مواضيع متعلقة|עוד בנושא|כתבות נוספות",
)
COMMENTS = any_of(
    r"\b(?:\d+ )?(?:reader |user |your |view |show |leave a |post a |add a )?comments?\b(?: \(?\d+\)?)?$",
    r"\b(?:leave a reply|join the (?:discussion|conversation)|have your say|\d+ (?:responses|replies|"
    r"thoughts) (?:to|on))\b",
    r"\b(?:leser)?kommentare?\b",
    r"\bcommentaires?\b|\bréactions\b|\b(?:comentarios?|comentar)\b|\bcommenti\b|\bcomentários?\b|\breacties\b|\bkommentarer\b",
    r"\bкомментари[ийе]",
    "评论|評論|网友|コメント|댓글|التعليقات|تعليقات|תגובות",
)
REPLY = any_of(
    r"^\W*(?:reply|report|flag|like|upvote|antworten|melden|répondre|signaler|responder|rispondi|reageer|svara|"
    r"ответить|"
    r"回复|返信|답글|رد|הגב)\W*\d*\W*$"
)
SHARE_HEADING = any_of(
    r"^\W*(?:share|teilen|partager|partagez|compart[ei]r?|condividi|delen|dela|follow us|spread the word)\b",
    "シェア|共有|分享|공유|شارك|مشاركة|שתפו",
)
TAGGED = any_of(
    r"^\W*(?:tag(?:s|ged)?|topics?|filed under|categor(?:y|ies)|keywords|mots[ -]clés|schlagw[oö]rter|stichwörter|"
    r"etiquetas|temas|argomenti|теги|标签|關鍵字|关键词|キーワード|タグ)\s*[:：]"
)
SHARING = any_of(
    r"\b(?:share|shares|tweet|retweet|pin it|facebook|twitter|whatsapp|telegram|linkedin|pinterest|reddit|flipboard|"
    r"google ?\+|e-?mail(?: this)?|print(?: this| article)?|copy link|permalink|bookmark|save|follow us|like us|"
    r"teilen|drucken|merken|partager|imprimer|envoyer|compartir|imprimir|condividi|stampa|delen|dela|поделиться|"
    r"rss|instagram|youtube|messenger|bluesky|mastodon|threads|x\.com|weibo|line)\b",
    "分享|微信|微博|共有|シェア|공유|مشاركة|شارك|שתף",
)
APPEAL = any_of(
    r"\b(?:donat(?:e|ion|ions|ing)|contribut(?:e|ion|ions|ing) (?:to|from|today|as)|support (?:us|our|the|quality|"
    r"independent|"
    r"local|this)|become a (?:member|supporter|subscriber|patron)|subscri(?:be|ber|bers|ption|ptions|bing)|"
    r"sign(?:ing)?[ -]?up|newsletters?|join us|fund (?:our|independent)|reader[- ](?:funded|supported)|chip in|"
    r"remind me|no paywall|membership|free trial|keep (?:our journalism|it free)|in your inbox|to your inbox|"
    r"funded by (?:our |its |the )?(?:readers|members|listeners)|as little as|daily briefing|e-?mail alerts?|"
    r"follow us|download (?:the|our) app|our app)\b",
    r"\b(?:spend(?:e|en)|unterstütz(?:e|en|t)|abonnieren|abonnement|abo|anmelden|registrieren)\b",
    r"\b(?:faire un don|faites un don|soutenez|soutenir|abonnez-vous|abonnements?|s.abonner|inscrivez-vous|"
    r"recevez|réservé aux abonnés)\b",
    r"\b(?:dona(?:r|ción|tivo)?|apoya(?:r|nos)?|suscr[ií]b\w*|bolet[ií]n|iscriviti|abbonati|sostieni|assine|apoie|doe|"
    r"steun ons|abonneer|nieuwsbrief|prenumerera|stöd oss|nyhetsbrev|подпи(?:шитесь|саться|ска)|поддержите)\b",
    "捐款|捐赠|赞助|订阅|訂閱|寄付|ご支援|購読|会員登録|メルマガ|ニュースレター|"
    "후원|구독|تبرع|اشترك|النشرة البريدية|ادعم|תרמו|הירשמו|לתרומה",
)
COOKIES = any_of(
    r"\b(?:cookies?|consent|gdpr|privacy (?:choices|settings)|datenschutzeinstellungen|einwilligung)\b",
    "ملفات تعريف الارتباط",
)
COPYRIGHT = any_of(
    r"©|\(c\)\s{0,3}(?:19|20)\d\d|\bcopyright\b|\ball rights reserved\b|\balle rechte vorbehalten\b",
    r"\btous droits réservés\b|\b(?:todos los )?derechos reservados\b|\btutti i diritti riservati\b",
    r"\btodos os direitos reservados\b|\balle rechten voorbehouden\b|\bвсе права защищены\b|"
    r"\bwszelkie prawa zastrzeżone\b",
    r"版权|版權|著作権|無断転載|무단전재|저작권|حقوق النشر|جميع الحقوق|כל הזכויות שמורות",
)
CORRECTION = any_of(
    r"^\W*(?:corrections?|clarifications?|editor.?s note|update|amended|this (?:article|story|post|piece) (?:was|"
    r"has been)|"
    r"an earlier version|korrektur|anmerkung|hinweis der redaktion|rectificati(?:f|on)|mise à jour|correcci[óo]n|"
    r"nota del editor|rettifica|correç[ãa]o|correctie|更正|编者按|訂正|تصحيح|תיקון)\b"
)
BYLINE = any_of(
    r"^\W*(?:by|von|par|por|di|door)\W*$",
    r"^\W*(?:by|words? by|reporting by|written by|text|story by|author|von|text von|autor(?:in)?|par|propos recueillis|"
    r"por|texto|di|door|av|af|автор|текст)\b\s?:?\s?\W?[^\W\d_]",
    r"^\W*(?:作者|记者|記者|文/|文：|責任編集|责任编辑|責任編輯|来源|來源|기자|بقلم|كتب|כתב|מאת)",
    r"기자$",
)
CREDIT = any_of(
    r"\b(?:photo(?:graph|graphy|graphs|s)?|image|picture|illustration|credit|video|caption|foto|bild|photographie|"
    r"crédits?|"
    r"fotograf[ií]a|imagen|imagem|immagine|фото)\b\s{0,3}(?::|by|par|von|de|/|©|courtesy)",
    r"^\W*\(.{0,60}\b(?:AP|AFP|Reuters|dpa|Getty)\b.{0,60}\)\W*$",
    r"^.{0,60}\b(?:AFP|Getty Images|Reuters|Associated Press|AP Photo|dpa|EPA|Shutterstock|iStock|Alamy|"
    r"Unsplash)\b.{0,30}$",
    r"写真[：:]|图[：:]|摄影|صورة:",
)
ABOUT_AUTHOR = any_of(
    r"\b(?:is (?:a|an|the) .{0,60}(?:writer|reporter|correspondent|journalist|editor|columnist|author|professor|fellow|"
    r"contributor|freelance|producer|critic)|about the (?:author|writer)|contributed (?:to this|reporting)|"
    r"reporting by|follow (?:him|her|them)|can be reached|reach(?:ed)? (?:him|her|them) at)\b",
    r"\b(?:ist (?:freie[r]? )?(?:journalist|redakteur|autor|korrespondent)(?:in)?|über (?:den autor|die autorin))\b",
    r"\b(?:journaliste|correspondant|es (?:periodista|corresponsal)|è (?:giornalista|un giornalista))\b",
    "撰稿人|筆者|執筆者|著者|作者简介|كاتب|صحفي|עיתונאי",
)
MONTHS = (
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|märz|mai|dez|okt|janv|févr|mars|avr|juin|juil|août|déc|ene|"
    r"abr|ago|"
    r"set|dic|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|"
    r"أكتوبر|نوفمبر|ديسمبر"
)
DATED = any_of(
    rf"\b\d{{1,2}}\.?(?:er|st|nd|rd|th)?\s(?:de\s)?(?:{MONTHS})|(?:{MONTHS})[^\W\d_]{{0,7}}\.?\s\d{{1,2}}\b",
    r"\b(?:19|20)\d\d[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}|\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d\b|\b\d{1,2}:\d\d\b",
    r"\b(?:hours?|minutes?|days?) ago\b|\b(?:updated|published|posted|last modified|veröffentlicht|publié|"
    r"actualizado)\b",
)
ENDS_A_SENTENCE = re.compile(r"[.!?…。！？؟۔।:;][\"'”’»›）)\]」』]*\s*$")
