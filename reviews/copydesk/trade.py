"""Words of the trade, and others that the word list leaves out."""

TRADE = frozenset(
    """
    acknowledgement aeroplane ageing ahjussi aluminium amongst android androids angsty animatic animator
    anime animes anisong antihero antiheroes app apps backstories backstory bgm bingeable bingeing
    bingewatch bioweapon bioweapons bishojo bishonen blog blogger blogs bokeh burnt cel cels cgi chaebol
    cheque chibi chuunibyou cinephile cliffhanger cliffhangers colourist colourists compositing cosplay
    cosy cour cours cringey crossfade crossfades cyberpunk cyborg cyborgs deuteragonist dieselpunk dojo
    doujin doujinshi draught draughts draughty dreamt earworm earworms ecchi email emails exosuit exosuits
    eyecatch eyecatches faceoff fanservice fanservicey fansub fi filmography gacha gekiga genga greenlit
    grey gutpunch hagwon handwavy headcanon hentai hikikomori hoverbike husbando hyung idol idols
    inbetweening infodump infodumps isekai iyashikei jewellery jidaigeki josei judgement kabedon kaboom
    kaiju katana kawaii kerb keyframe keyframed keyframes kimono kouhai kun leant learnt letterboxed
    letterboxing lightsaber livestream loredump loredumps lowkey macguffin macguffins manga mangaka manhua
    manhwa manoeuvre manoeuvres mecha mechs megacorp megacorps mercs mise moe monologuing mooks mosaicked
    mould moulds mouldy nailbiter nanomachine nanomachines nitpicky noir noirish nonverbal noona
    novelisation novelization npc npcs offline ok okay omake oner oners onigiri online onsen oppa otaku
    otome outro ova ovas pacy pixelated plough podcast powerup powerups pre prequel prequels programme
    programmes protagonist protagonists pyjamas quippy rakugo recap recaps retcon retconned retcons
    rewatch rewatchable rewatched rewatches rewatching roleplay romcom ronin rotoscoped rotoscoping ryokan
    sakkan sakuga samurai satoyama scanlation scanlations sceptic sceptical sceptics sci seinen seiyu
    seiyuu selfie selfies senpai sensei sequel sequels shinobi shojo shonen shoujo shounen showrunner
    showrunners simulcast simulcasts simuldub simuldubs skippable slapstick smartphone smartphones snarky
    soju soundscape soundscapes spacefaring speedlines spelt spinoff spinoffs spoiler spoilers spoilt
    standfirst standfirsts steampunk stopmotion storey storyboard storyboarder storyboarding storyboards
    streamer streamers sub subgenre subgenres subs subtitle subtitled swordfight swordfights synth synths
    synthwave tankobon tearjerker tearjerkers teaser teasers tech telegraphed telekinetic terraformed
    terraforming timeskip timeskips tokusatsu tonally trope tropes tropey tsukkomi tsundere tyre tyres
    unskippable unvoiced unwatchable vfx vibe vibes vibey videogame villainess villainesses voiceover
    voiceovers vtuber vtubers waifu walkthrough watchable webcomic website websites webtoon webtoons
    whilst worldbuilding wuxia xianxia yakuza yandere yaoi yen yokai yonkoma yukata yuri zaibatsu
    """.split()
)
