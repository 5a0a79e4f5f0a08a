"""What newsrooms call the roles: what somebody is, what they did, what a label line says."""

from collections.abc import Mapping

from series.roles import Role


def _by_phrase(phrases: Mapping[Role, str]) -> dict[str, Role]:
    return {phrase: role for role, listed in phrases.items() for phrase in listed.split("|")}


# What a person is called: "screenwriter Toshizo Nemoto".
NOUNS = _by_phrase(
    {
        Role.ORIGINAL_CREATOR: (
            "original creator|series creator|manga creator|creator|original author|manga author"
            "|light novel author|mangaka"
        ),
        Role.CHIEF_SUPERVISOR: "chief supervisor|general supervisor",
        Role.CHIEF_DIRECTOR: "chief director|general director",
        Role.SERIES_DIRECTOR: "series director",
        Role.DIRECTOR: "director|co-director",
        Role.ASSISTANT_DIRECTOR: "assistant director",
        Role.UNIT_DIRECTOR: "unit director",
        Role.EPISODE_DIRECTOR: "episode director",
        Role.ASSISTANT_EPISODE_DIRECTOR: "assistant episode director",
        Role.SERIES_COMPOSITION: "series composer|series composition writer|head writer|series writer",
        Role.SCRIPT: "screenwriter|scriptwriter|script writer|episode writer|writer",
        Role.STORYBOARD: "storyboard artist|storyboarder|storyboard",
        Role.CHIEF_ANIMATION_DIRECTOR: "chief animation director",
        Role.ANIMATION_DIRECTOR: "animation director",
        Role.CHARACTER_ANIMATION_DIRECTOR: "character animation director",
        Role.MECHANICAL_ANIMATION_DIRECTOR: "mechanical animation director|mecha animation director",
        Role.EFFECTS_ANIMATION_DIRECTOR: "effects animation director",
        Role.KEY_ANIMATION: "key animator",
        Role.INBETWEEN: "in-between animator",
        Role.ORIGINAL_CHARACTER_DESIGN: "original character designer",
        Role.CHARACTER_DESIGN: "character designer",
        Role.SUB_CHARACTER_DESIGN: "sub character designer",
        Role.MECHANICAL_DESIGN: "mechanical designer|mecha designer|mech designer",
        Role.PROP_DESIGN: "prop designer",
        Role.ART_DIRECTOR: "art director",
        Role.ART_DESIGN: "art designer",
        Role.COLOR_DESIGN: "color designer|colour designer",
        Role.PHOTOGRAPHY_DIRECTOR: "photography director|director of photography|cinematographer",
        Role.CG_DIRECTOR: "cg director|3dcg director|3d director",
        Role.SPECIAL_EFFECTS_DIRECTOR: "special effects director",
        Role.SOUND_DIRECTOR: "sound director",
        Role.MUSIC: "composer|music composer",
        Role.ANIMATION_PRODUCER: "animation producer",
        Role.PRODUCER: "producer",
        Role.EDITING: "editor",
    }
)
# What a person did, before "by": "storyboarded by Kenta Yokoya".
DEEDS = _by_phrase(
    {
        Role.ORIGINAL_CREATOR: "created",
        Role.STORYBOARD: "storyboarded",
        Role.DIRECTOR: "directed|helmed",
        Role.SCRIPT: "written|scripted|penned",
        Role.MUSIC: "composed|scored",
        Role.CHARACTER_DESIGN: "characters designed",
        Role.EDITING: "edited",
    }
)
# The work itself, done by somebody or in somebody's hands: "series composition by Kimiko Ueno".
WORKS = _by_phrase(
    {
        Role.ORIGINAL_CREATOR: "original manga|original novel|original novels|original light novels"
        "|original webtoon",
        Role.ORIGINAL_STORY: "original story|original plan",
        Role.DIRECTOR: "direction",
        Role.SERIES_COMPOSITION: "series composition",
        Role.SCRIPT: "screenplay|screenplays|script|scripts|teleplay",
        Role.STORYBOARD: "storyboard|storyboards|storyboarding",
        Role.EPISODE_DIRECTOR: "episode direction",
        Role.CHIEF_ANIMATION_DIRECTOR: "chief animation direction",
        Role.ANIMATION_DIRECTOR: "animation direction",
        Role.KEY_ANIMATION: "key animation",
        Role.ORIGINAL_CHARACTER_DESIGN: "original character designs|original character design",
        Role.CHARACTER_DESIGN: "character designs|character design",
        Role.MECHANICAL_DESIGN: "mechanical designs|mechanical design|mecha designs|mecha design",
        Role.PROP_DESIGN: "prop designs|prop design",
        Role.ART_DIRECTOR: "art direction",
        Role.ART_DESIGN: "art design",
        Role.COLOR_DESIGN: "color design|colour design",
        Role.PHOTOGRAPHY_DIRECTOR: "photography|photography direction|cinematography",
        Role.CG_DIRECTOR: "cg direction|3dcg direction",
        Role.EDITING: "editing",
        Role.SOUND_DIRECTOR: "sound direction",
        Role.MUSIC: "music|score|soundtrack",
        Role.THEME_SONG: "theme song|opening theme|ending theme|opening song|ending song",
    }
)
# What a person does: "Motonobu Hori directs this episode".
ACTS = _by_phrase(
    {
        Role.DIRECTOR: "directs|directed|directing|helms",
        Role.SCRIPT: "writes|wrote|writing|penned|scripts|scripted",
        Role.STORYBOARD: "storyboards|storyboarded|storyboarding",
        Role.MUSIC: "composes|composed|composing|scores|scoring",
    }
)
# What was designed tells which design it was: "the mecha, designed by ...".
DESIGNED = _by_phrase(
    {
        Role.CHARACTER_DESIGN: "character",
        Role.MECHANICAL_DESIGN: "mech|robot|machine",
        Role.PROP_DESIGN: "prop",
    }
)
# Labels: the vocabulary itself in both languages, the words above, and what else is printed.
LABELS = {
    **{role.value.replace("_", " "): role for role in Role if role is not Role.VOICE},
    **{
        name.strip().lower(): role
        for role in Role
        if role is not Role.VOICE
        for name in role.japanese.split("/")
    },
    **NOUNS,
    **{f"{noun}s": role for noun, role in NOUNS.items()},
    **WORKS,
    **{f"{deed} by": role for deed, role in (DEEDS | WORKS).items()},
    **_by_phrase(
        {
            Role.SECOND_KEY_ANIMATION: "2nd key animation",
            Role.THEME_SONG: "theme song performance",
            Role.ORIGINAL_CREATOR: "original work|created by",
            Role.SCRIPT: "writing",
        }
    ),
}
# Who opens a sentence before a role's noun without being another work: "Veteran director ...".
PRAISE = frozenset(
    [
        "veteran", "acclaimed", "longtime", "returning", "new", "young", "rookie", "star", "ace", "lead",
        "talented", "famed", "noted", "renowned", "debut", "guest", "anime", "studio", "show", "head", "co",
        "following", "including", "enter", "featuring", "kudos", "back",
    ]
)  # fmt: skip
# Roles that the vocabulary doesn't have, or that belong to another work.
FOREIGN = frozenset(
    [
        "adr", "voice", "casting", "technical", "creative", "film", "movie", "movies", "stage", "fight",
        "action", "dub", "english", "executive", "associate", "line", "game", "theater", "theatre",
        "manga", "magazine", "news", "former", "ex", "hollywood", "music", "legendary", "video", "short",
        "actor", "own",
    ]
)  # fmt: skip
