"""Words of the trade, and others that the word list leaves out."""

TRADE = frozenset(
    """
    acknowledgement aeroplane ageing aluminium amongst android androids animatic animator anime animes
    anisong antihero antiheroes app apps backstories backstory bingeable bioweapon bioweapons bishojo
    bishonen blog blogger blogs bokeh burnt cel cels cheque chibi chuunibyou cinephile cliffhanger
    cliffhangers compositing cosplay cosy cour cours cringey cyberpunk cyborg cyborgs deuteragonist
    dieselpunk dojo doujin doujinshi draught draughts draughty dreamt ecchi email emails exosuit exosuits
    faceoff fanservice fansub fi filmography gacha gekiga greenlit grey handwavy headcanon hentai
    hikikomori hoverbike husbando idol idols inbetweening infodump infodumps isekai iyashikei jewellery
    josei judgement kaboom kaiju katana kawaii kerb keyframe keyframes kimono kouhai kun leant learnt
    lightsaber livestream macguffin macguffins manga mangaka manhua manhwa manoeuvre manoeuvres mecha
    mechs megacorp megacorps mercs moe monologuing mooks mould moulds mouldy nailbiter nanomachine
    nanomachines noir noirish nonverbal novelisation novelization offline ok okay omake online onsen otaku
    outro ova ovas pixelated plough podcast powerup powerups pre prequel prequels programme programmes
    protagonist protagonists pyjamas quippy recap recaps retcon retconned retcons rewatch rewatchable
    rewatched rewatching roleplay romcom ronin rotoscoped rotoscoping ryokan sakuga samurai sceptic
    sceptical sceptics sci seinen seiyuu selfie selfies senpai sensei sequel sequels shinobi shojo shonen
    shoujo shounen showrunner showrunners simulcast simulcasts skippable smartphone smartphones snarky
    soundscape soundscapes spacefaring spelt spinoff spinoffs spoiler spoilers spoilt standfirst
    standfirsts steampunk storey storyboard storyboarder storyboards streamer streamers sub subgenre
    subgenres subs subtitle subtitled synth synths synthwave tankobon tech telegraphed telekinetic
    terraformed terraforming timeskip timeskips tokusatsu trope tropes tropey tsundere tyre tyres
    unskippable unwatchable vfx vibe vibes videogame vtuber vtubers waifu watchable webcomic website
    websites webtoon webtoons whilst worldbuilding yakuza yandere yaoi yen yokai yukata yuri zaibatsu
    angsty vibey fanservicey loredump loredumps
    """.split()
)
