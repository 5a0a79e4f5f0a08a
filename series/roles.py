"""The vocabulary of credits: who did what, in English and in Japanese.

Our own compilation. Japanese terms are those of the shows' credit rolls, English ones those that AniList and
Anime News Network print. The keys are stable: they stand in the database and in the importer's JSON.
"""

from enum import StrEnum
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(StrEnum):
    """What a role may be credited on."""

    SERIES = "S"
    EPISODE = "E"
    BOTH = "B"


class Role(models.TextChoices):
    """One role: its key, its label in English, and beside them its Japanese name and its scope."""

    japanese: str
    scope: Scope

    def __new__(cls, key: str, japanese: str, scope: Scope) -> Self:
        """Keep the facts on the member; only the key is its value."""
        member = str.__new__(cls, key)
        member._value_ = key
        member.japanese = japanese
        member.scope = scope
        return member

    ORIGINAL_CREATOR = "original_creator", "原作", Scope.SERIES, _("Original Creator")
    # 原案, not 原作.
    ORIGINAL_STORY = "original_story", "原案", Scope.SERIES, _("Original Plan / Original Story")
    # Often rendered as Chief Director, which is another role.
    CHIEF_SUPERVISOR = "chief_supervisor", "総監修", Scope.SERIES, _("Chief Supervisor")
    CHIEF_DIRECTOR = "chief_director", "総監督", Scope.SERIES, _("Chief Director")
    # Never for an episode's 演出: that is EPISODE_DIRECTOR.
    DIRECTOR = "director", "監督", Scope.SERIES, _("Director")
    SERIES_DIRECTOR = "series_director", "シリーズディレクター", Scope.SERIES, _("Series Director")
    ASSISTANT_DIRECTOR = (
        "assistant_director",
        "助監督 / 副監督 / 監督補佐",
        Scope.SERIES,
        _("Assistant Director"),
    )
    SERIES_COMPOSITION = "series_composition", "シリーズ構成", Scope.SERIES, _("Series Composition")
    SCRIPT = "script", "脚本", Scope.BOTH, _("Script / Screenplay")
    STORYBOARD = "storyboard", "絵コンテ", Scope.EPISODE, _("Storyboard")
    UNIT_DIRECTOR = "unit_director", "ユニット監督", Scope.BOTH, _("Unit Director")
    EPISODE_DIRECTOR = "episode_director", "演出", Scope.EPISODE, _("Episode Director")
    ASSISTANT_EPISODE_DIRECTOR = (
        "assistant_episode_director",
        "演出助手",
        Scope.EPISODE,
        _("Assistant Episode Director"),
    )
    CHIEF_ANIMATION_DIRECTOR = (
        "chief_animation_director",
        "総作画監督",
        Scope.BOTH,
        _("Chief Animation Director"),
    )
    ANIMATION_DIRECTOR = "animation_director", "作画監督", Scope.EPISODE, _("Animation Director")
    CHARACTER_ANIMATION_DIRECTOR = (
        "character_animation_director",
        "キャラクター作画監督",
        Scope.EPISODE,
        _("Character Animation Director"),
    )
    MECHANICAL_ANIMATION_DIRECTOR = (
        "mechanical_animation_director",
        "メカニック作画監督",
        Scope.EPISODE,
        _("Mechanical Animation Director"),
    )
    EFFECTS_ANIMATION_DIRECTOR = (
        "effects_animation_director",
        "エフェクト作画監督",
        Scope.EPISODE,
        _("Effects Animation Director"),
    )
    KEY_ANIMATION = "key_animation", "原画", Scope.EPISODE, _("Key Animation")
    SECOND_KEY_ANIMATION = "second_key_animation", "第二原画", Scope.EPISODE, _("2nd Key Animation")
    INBETWEEN = "inbetween", "動画", Scope.EPISODE, _("In-Between Animation")
    ORIGINAL_CHARACTER_DESIGN = (
        "original_character_design",
        "キャラクター原案",
        Scope.SERIES,
        _("Original Character Design"),
    )
    CHARACTER_DESIGN = "character_design", "キャラクターデザイン", Scope.SERIES, _("Character Design")
    SUB_CHARACTER_DESIGN = (
        "sub_character_design",
        "サブキャラクターデザイン",
        Scope.SERIES,
        _("Sub Character Design"),
    )
    MECHANICAL_DESIGN = (
        "mechanical_design",
        "メカニックデザイン / メカニカルデザイン",
        Scope.SERIES,
        _("Mechanical Design"),
    )
    PROP_DESIGN = "prop_design", "プロップデザイン", Scope.SERIES, _("Prop Design")
    ART_DIRECTOR = "art_director", "美術監督", Scope.SERIES, _("Art Director")
    ART_DESIGN = "art_design", "美術設定", Scope.SERIES, _("Art Design")
    COLOR_DESIGN = "color_design", "色彩設計", Scope.SERIES, _("Color Design")
    PHOTOGRAPHY_DIRECTOR = "photography_director", "撮影監督", Scope.SERIES, _("Director of Photography")
    CG_DIRECTOR = "cg_director", "3DCG監督 / CGディレクター", Scope.SERIES, _("3DCG Director")
    SPECIAL_EFFECTS_DIRECTOR = (
        "special_effects_director",
        "特技監督",
        Scope.SERIES,
        _("Special Effects Director"),
    )
    EDITING = "editing", "編集", Scope.BOTH, _("Editing")
    SOUND_DIRECTOR = "sound_director", "音響監督", Scope.SERIES, _("Sound Director")
    MUSIC = "music", "音楽", Scope.SERIES, _("Music")
    THEME_SONG = "theme_song", "主題歌", Scope.BOTH, _("Theme Song Performance")
    PRODUCER = "producer", "プロデューサー", Scope.SERIES, _("Producer")
    ANIMATION_PRODUCER = (
        "animation_producer",
        "アニメーションプロデューサー",
        Scope.SERIES,
        _("Animation Producer"),
    )
    # 製作, the committee that pays; 制作, the studio's work, is ANIMATION_PRODUCTION.
    PRODUCTION = "production", "製作", Scope.SERIES, _("Production (committee)")
    ANIMATION_PRODUCTION = (
        "animation_production",
        "アニメーション制作",
        Scope.SERIES,
        _("Animation Production (studio)"),
    )
    VOICE = "voice", "声の出演", Scope.BOTH, _("Voice")

    @property
    def needs_character(self) -> bool:
        """Whether a credit in this role says whom the person plays."""
        return self is Role.VOICE

    @property
    def fits_series(self) -> bool:
        """Whether the role may stand on a whole series."""
        return self.scope is not Scope.EPISODE

    @property
    def fits_episode(self) -> bool:
        """Whether the role may stand on a single episode."""
        return self.scope is not Scope.SERIES


def role(key: str) -> Role:
    """The role with this key; raises KeyError for a key that the vocabulary doesn't have."""
    return Role[key.upper()]
