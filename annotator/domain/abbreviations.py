"""Words with a full stop that ends no sentence, in the languages of the news we read most."""


def words(listed: str) -> frozenset[str]:
    """The words of a list written with spaces."""
    return frozenset(listed.split())


# A name follows: never the end of a sentence.
TITLES = words(
    """
    Mr Mrs Ms Mx Dr Drs Prof Sen Sens Rep Reps Gov Govs Gen Col Maj Lt Sgt Cpl Pvt Capt Cmdr Adm Rev Revd Fr Hon Msgr
    Pres Supt Det Insp Amb Messrs Mt Ft vs Sr Sra Sras Srta Sres Dra Dres Dña Da Ing Lic Arq Mgr Mlle Mme MM Me Hr Hrn
    Dipl Hl Dres med phil jur rer nat eh geb gest verw Bhf bzw ca cca cf vgl ggf inkl exkl evtl sog resp zzgl bzgl
    viz approx av env hab
    """
)
# A number follows, or else it is a word at the end of its sentence: “No. 5”, “No. He left.”
NUMBERED = words(
    """
    No Nos no nos Nr Nrn nr Num num Núm núm Art Arts art arts Abs Ziff Kap Bd S s p pp pg Pág pág Págs págs Fig Figs fig
    figs Vol vol Vols Ch ch chap Sec sec Sect Eq eq Ex Tab Abb Rn Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Jän
    Okt Dez janv févr avr juil déc ene abr ago dic Tel tel Tél tél Rs ver
    """
)
# May stand in mid-sentence or at its end: the next word decides.
EITHER = words(
    """
    Jr Snr Jnr Inc Ltd Co Corp Bros Cos LLC PLC Cie Ges St Ste Ave Blvd Rd Dept Univ Assn Natl Intl etc usw etw al ibid
    Mio Mrd Tsd Std Min Sek Calif Conn Mass Pa Wash Ariz Ark Colo Del Fla Ga Ill Ind Kan Ky La Md Mich Minn Miss Mo Mont
    Neb Nev Okla Ore Tenn Tex Vt Va Wis Wyo Ala EE UU Ud Uds Vd Vds ff Str Jh Chr
    """
)
# Words that begin sentences far more often than names.
STARTERS = words(
    """
    The A An This That These Those He She It They We You I But And Or So Yet If In On At For From With When While As
    After Before Since Although Though However His Her Its Their Our My There Here What Who Why How Where Is Are Was
    Were Not No Now Then Some Most Many Both One Two All Yes Please Until By To Of
    Der Die Das Den Dem Des Ein Eine Einen Er Sie Es Wir Ihr Ich Und Aber Oder Doch Wenn Als Nach Vor Mit Im Am In Auf
    Für Auch Dort Hier Dann Nun Dies Diese Dieser Dieses Sein Seine Ihre So Wie Was Wer Warum
    Le La Les Un Une Des Du De Il Elle Ils Elles On Nous Vous Je Ce Cette Ces Cela Mais Et Ou Si Dans En Sur Pour Avec
    Après Avant Son Sa Ses Leur Leurs Aux Au
    El Los Las Una Unos Unas Ella Ellos Ellas Nosotros Yo Pero Y O Si En Con Por Para Después Antes Su Sus Este Esta
    Estos Estas Esto Eso Cuando Como Donde Según No Sí
    """
)
# After “p.m.” these go on with the time of day.
TIME_WORDS = words(
    """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thurs Fri Sat Sun January February
    March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov
    Dec Eastern Central Mountain Pacific Greenwich EST EDT CST CDT MST MDT PST PDT ET CT MT PT GMT BST UTC CET CEST
    """
)
# After a number with a full stop these make it an ordinal: “am 5. März”.
AFTER_ORDINALS = words(
    """
    Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember Jahrhundert Jahrhunderts
    Jahrestag Geburtstag Mal Platz Klasse Stock Spieltag Minute Runde Etage Lebensjahr Tag Woche Weltkrieg Auflage
    Armee Liga Bundesliga Quartal Semester Kapitel Januars Bezirk
    """
)
