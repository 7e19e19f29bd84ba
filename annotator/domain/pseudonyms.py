"""Made-up names for pupils who join: a colour, sound or mood and an animal, none of which says anything of a child."""

FIRST = (
    "Amber", "Apricot", "Autumn", "Azure", "Bouncy", "Brave", "Breezy", "Bright", "Bronze", "Calm", "Candid",
    "Cheerful", "Clever", "Copper", "Coral", "Cosmic", "Curious", "Daring", "Dawn", "Eager", "Early", "Electric",
    "Emerald", "Gentle", "Golden", "Happy", "Hidden", "Indigo", "Ivory", "Jade", "Jolly", "Keen", "Kind", "Lemon",
    "Lilac", "Lively", "Lucky", "Lunar", "Maple", "Marble", "Mellow", "Merry", "Midnight", "Mint", "Misty",
    "Nimble", "Noble", "Olive", "Patient", "Pearl", "Plucky", "Polite", "Quick", "Quiet", "Rapid", "Rustic",
    "Saffron", "Scarlet", "Silent", "Silver", "Snowy", "Solar", "Spring", "Steady", "Summer", "Sunny", "Swift",
    "Teal", "Thoughtful", "Tidy", "Topaz", "Velvet", "Violet", "Winter", "Witty", "Zesty",
)  # fmt: skip
SECOND = (
    "Albatross", "Alpaca", "Badger", "Beaver", "Bison", "Bobcat", "Buzzard", "Camel", "Caribou", "Chamois",
    "Condor", "Crane", "Cricket", "Curlew", "Dolphin", "Dragonfly", "Eagle", "Egret", "Falcon", "Finch", "Firefly",
    "Fox", "Gazelle", "Gecko", "Giraffe", "Hare", "Hawk", "Hedgehog", "Heron", "Ibex", "Ibis", "Jackdaw", "Jaguar",
    "Kestrel", "Kingfisher", "Kiwi", "Koala", "Ladybird", "Lark", "Lemur", "Lizard", "Llama", "Lynx", "Magpie",
    "Marmot", "Marten", "Meerkat", "Moose", "Moth", "Narwhal", "Newt", "Nightingale", "Ocelot", "Octopus", "Oryx",
    "Osprey", "Otter", "Owl", "Panda", "Pelican", "Penguin", "Plover", "Puffin", "Puma", "Quail", "Raven",
    "Reindeer", "Robin", "Salmon", "Sandpiper", "Seahorse", "Sparrow", "Starling", "Stoat", "Stork", "Swallow",
    "Tapir", "Tern", "Thrush", "Tortoise", "Toucan", "Turtle", "Walrus", "Wombat", "Wren", "Zebra",
)  # fmt: skip


def pseudonym(number: int) -> str:
    """The name with this number, from 0; there are `PSEUDONYMS` of them, and then they begin again."""
    first, second = divmod(number % PSEUDONYMS, len(SECOND))
    return f"{FIRST[first]} {SECOND[second]}"


PSEUDONYMS = len(FIRST) * len(SECOND)
