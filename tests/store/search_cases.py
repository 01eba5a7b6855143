"""Who must be found for what: the fixtures behind the search's promises."""

FOLDED = [
    tuple(pair.split("/"))
    for pair in """
    alvaro/Álvaro cerny/Černý семен/Семён jose/José muller/Müller francois/François
    soren/Søren lodz/Łódź strasse/Straße dvorak/Dvořák nguyen/Nguyễn garcia/García
    munoz/Muñoz bjorn/Björn astrom/Åström oeuvre/Œuvre zoe/Zoë chloe/Chloé lea/Léa
    tomas/Tomáš jiri/Jiří zdenek/Zdeněk malgorzata/Małgorzata stanislaw/Stanisław
    czestochowa/Częstochowa gdansk/Gdańsk ilhan/İlhan isik/Işık gokhan/Gökhan ozgur/Özgür
    cagla/Çağla sukru/Şükrü joao/João conceicao/Conceição inaki/Iñaki nunez/Núñez
    bronte/Brontë eloise/Eloïse helene/Hélène anais/Anaïs noel/Noël agnes/Ágnes
    gyorgy/György istvan/István ludek/Luděk sarka/Šárka vaclav/Václav stefan/Ştefan
    dordevic/Đorđević krunic/Krunić aegir/Ægir kristin/Kristín bjork/Björk
    федор/Фёдор артем/Артём королев/Королёв хрущев/Хрущёв елкин/Ёлкин
    ИВАН/Иван PETROVA/Petrova
    """.split()
]

SLIPS = [
    tuple(pair.split("/"))
    for pair in """
    ivamov/Иванов ivanof/Иванов ivnaov/Иванов ivannov/Иванов vianov/Иванов
    petrva/Петрова pterova/Петрова petrovs/Петрова petrrova/Петрова oetrova/Петрова
    кузнцов/Кузнецов кузнепов/Кузнецов кузенцов/Кузнецов кузнецоф/Кузнецов рузнецов/Кузнецов
    смирноф/Смирнов смрнов/Смирнов смринов/Смирнов ссмирнов/Смирнов смирнво/Смирнов
    andersn/Anderson andreson/Anderson amderson/Anderson nderson/Anderson andersonn/Anderson
    schmdit/Schmidt shcmidt/Schmidt schmitd/Schmidt schmudt/Schmidt
    garcai/García gracia/García garvia/García
    muler/Müller mueler/Müller mulelr/Müller
    novakk/Nowak nowka/Nowak niwak/Nowak
    джонсн/Джонсон джносон/Джонсон жонсон/Джонсон
    щербкаов/Щербаков щербоков/Щербаков щебаков/Щербаков
    taylro/Taylor tayler/Taylor ataylor/Taylor talyor/Taylor tqylor/Taylor tylor/Taylor
    """.split()
]

PEOPLE = """
    Иван Иванов|Anna Ivanova|Пётр Петров|Petr Novák|Ольга Петрова|Ivan Petrov|Ivan Petrovsky
    Peter Ivanson|Семён Щербаков|Семен Зимин|Maria Ivanenko|Ивана Мак|Livan Soto|Ян Иванов
    Anna Smith|Anna Smithson|Joanna Smit|Boris Annan
"""
"""The cast of the golden order; ``Boris Annan`` is met tomorrow, ``Ольга Петрова`` pinned."""

GOLDEN = {
    "иван": "Иван Иванов,Ivan Petrov,Ivan Petrovsky,Ивана Мак,Ян Иванов,Anna Ivanova,"
    "Maria Ivanenko,Peter Ivanson,Livan Soto",
    "ivan": "Ivan Petrov,Ivan Petrovsky,Иван Иванов,Anna Ivanova,Maria Ivanenko,Peter Ivanson,"
    "Ивана Мак,Ян Иванов,Livan Soto",
    "ivanov": "Иван Иванов,Ян Иванов,Anna Ivanova",
    "иванов": "Иван Иванов,Ян Иванов,Anna Ivanova",
    "ivanova": "Anna Ivanova,Иван Иванов,Ян Иванов",
    "ivan petrov": "Ivan Petrov,Ivan Petrovsky",
    "petrov ivan": "Ivan Petrov,Ivan Petrovsky",
    "иван петров": "Ivan Petrov,Ivan Petrovsky",
    "petr": "Ольга Петрова,Petr Novák,Пётр Петров,Ivan Petrov,Ivan Petrovsky",
    "пётр": "Ольга Петрова,Пётр Петров,Petr Novák,Ivan Petrov,Ivan Petrovsky",
    "петр": "Ольга Петрова,Пётр Петров,Petr Novák,Ivan Petrov,Ivan Petrovsky",
    "petrov": "Ольга Петрова,Ivan Petrov,Пётр Петров,Ivan Petrovsky",
    "петрова": "Ольга Петрова,Ivan Petrov,Пётр Петров",
    "семен": "Семен Зимин,Семён Щербаков",
    "семён": "Семён Щербаков,Семен Зимин",
    "semyon": "Семен Зимин,Семён Щербаков",
    "щерб": "Семён Щербаков",
    "shch": "Семён Щербаков",
    "anna": "Boris Annan,Anna Ivanova,Anna Smith,Anna Smithson,Joanna Smit",
    "ann": "Boris Annan,Anna Ivanova,Anna Smith,Anna Smithson,Joanna Smit",
    "anna smith": "Anna Smith,Anna Smithson,Joanna Smit",
    "smith": "Anna Smith,Anna Smithson,Joanna Smit",
    "smit": "Joanna Smit,Anna Smith,Anna Smithson",
    "smi ann": "Anna Smith,Anna Smithson,Joanna Smit",
    "novak": "Petr Novák",
    "ovak": "Petr Novák",
    "zim": "Семен Зимин",
    "мак": "Ивана Мак",
    "iv pe": "Ivan Petrov,Ivan Petrovsky,Peter Ivanson",
    "soto": "Livan Soto",
}
