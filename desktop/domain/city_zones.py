# ruff: noqa: E501 - a table reads best with a zone or a country per line
"""Cities, states and regions that tell a time where their country alone does not, or is missing."""

_CITIES = """
America/New_York US: New York, NYC, Нью-Йорк, Boston, Бостон, Washington, Washington DC, Вашингтон, Miami, Майами, Atlanta, Philadelphia, Detroit, Orlando, Charlotte, Pittsburgh, Baltimore, Columbus, Cleveland, Tampa, St Petersburg, Richmond
America/Chicago US: Chicago, Чикаго, Houston, Хьюстон, Dallas, Даллас, Austin, Остин, San Antonio, Minneapolis, New Orleans, Nashville, Memphis, Milwaukee, Kansas City, St Louis, Birmingham, Oklahoma City
America/Denver US: Denver, Денвер, Salt Lake City, Albuquerque, Boise, El Paso, Colorado Springs
America/Phoenix US: Phoenix, Финикс, Tucson, Scottsdale
America/Los_Angeles US: Los Angeles, Лос-Анджелес, San Francisco, Сан-Франциско, San Diego, Seattle, Сиэтл, Portland, Las Vegas, San Jose, Palo Alto, Mountain View, Sacramento, Oakland
America/Anchorage US: Anchorage
Pacific/Honolulu US: Honolulu, Гонолулу
America/Toronto CA: Toronto, Торонто, Montreal, Монреаль, Ottawa, Оттава, Quebec, Hamilton, London
America/Halifax CA: Halifax
America/St_Johns CA: St Johns
America/Winnipeg CA: Winnipeg
America/Regina CA: Regina, Saskatoon
America/Edmonton CA: Calgary, Калгари, Edmonton
America/Vancouver CA: Vancouver, Ванкувер, Victoria
America/Mexico_City MX: Mexico City, Ciudad de México, CDMX, Мехико, Guadalajara, Monterrey, Puebla, Mérida, León, Querétaro, Chihuahua
America/Cancun MX: Cancún, Cancun, Playa del Carmen
America/Hermosillo MX: Hermosillo
America/Mazatlan MX: Mazatlán, La Paz, Culiacán
America/Tijuana MX: Tijuana, Mexicali
America/Ciudad_Juarez MX: Ciudad Juárez
America/Sao_Paulo BR: São Paulo, Сан-Паулу, Rio de Janeiro, Рио-де-Жанейро, Brasília, Belo Horizonte, Curitiba, Porto Alegre, Salvador, Florianópolis
America/Fortaleza BR: Fortaleza, Recife, Natal
America/Manaus BR: Manaus, Cuiabá, Campo Grande
America/Rio_Branco BR: Rio Branco
America/Santiago CL: Santiago, Santiago de Chile, Valparaíso, Concepción
America/Punta_Arenas CL: Punta Arenas
America/Guayaquil EC: Quito, Guayaquil, Cuenca
Pacific/Galapagos EC: Puerto Ayora
Europe/Madrid ES: Madrid, Мадрид, Barcelona, Барселона, Valencia, Sevilla, Seville, Bilbao, Málaga, Zaragoza, Alicante, Palma, Palma de Mallorca, Granada, Guadalajara, Mérida, León, Cartagena, Córdoba
Atlantic/Canary ES: Las Palmas, Las Palmas de Gran Canaria, Santa Cruz de Tenerife, Tenerife, Лас-Пальмас
Europe/Lisbon PT: Lisbon, Lisboa, Лиссабон, Porto, Порту, Braga, Coimbra, Faro
Atlantic/Madeira PT: Funchal
Atlantic/Azores PT: Ponta Delgada
Europe/Kyiv UA: Kyiv, Kiev, Київ, Киев, Lviv, Львів, Львов, Odesa, Одеса, Одесса, Kharkiv, Харків, Харьков, Dnipro, Дніпро, Днепр
Europe/Kaliningrad RU: Kaliningrad, Калининград
Europe/Moscow RU: Moscow, Москва, Moskau, Moscú, Saint Petersburg, St Petersburg, Санкт-Петербург, СПб, Nizhny Novgorod, Нижний Новгород, Kazan, Казань, Rostov-on-Don, Ростов-на-Дону, Voronezh, Воронеж, Krasnodar, Краснодар, Sochi, Сочи, Tula, Тула, Yaroslavl, Ярославль, Ryazan, Рязань, Volgograd, Волгоград, Murmansk, Мурманск, Arkhangelsk, Архангельск
Europe/Samara RU: Samara, Самара, Tolyatti, Тольятти, Izhevsk, Ижевск
Europe/Saratov RU: Saratov, Саратов
Europe/Astrakhan RU: Astrakhan, Астрахань
Europe/Ulyanovsk RU: Ulyanovsk, Ульяновск
Asia/Yekaterinburg RU: Yekaterinburg, Екатеринбург, Chelyabinsk, Челябинск, Ufa, Уфа, Perm, Пермь, Tyumen, Тюмень, Orenburg, Оренбург, Surgut, Сургут
Asia/Omsk RU: Omsk, Омск
Asia/Novosibirsk RU: Novosibirsk, Новосибирск
Asia/Tomsk RU: Tomsk, Томск
Asia/Barnaul RU: Barnaul, Барнаул
Asia/Novokuznetsk RU: Kemerovo, Кемерово, Novokuznetsk, Новокузнецк
Asia/Krasnoyarsk RU: Krasnoyarsk, Красноярск
Asia/Irkutsk RU: Irkutsk, Иркутск, Ulan-Ude, Улан-Удэ
Asia/Yakutsk RU: Yakutsk, Якутск, Blagoveshchensk, Благовещенск
Asia/Chita RU: Chita, Чита
Asia/Vladivostok RU: Vladivostok, Владивосток, Khabarovsk, Хабаровск
Asia/Sakhalin RU: Yuzhno-Sakhalinsk, Южно-Сахалинск
Asia/Magadan RU: Magadan, Магадан
Asia/Kamchatka RU: Petropavlovsk-Kamchatsky, Петропавловск-Камчатский
Australia/Sydney AU: Sydney, Сидней, Canberra, Newcastle, Wollongong
Australia/Melbourne AU: Melbourne, Мельбурн
Australia/Hobart AU: Hobart
Australia/Brisbane AU: Brisbane, Брисбен, Gold Coast, Cairns
Australia/Adelaide AU: Adelaide
Australia/Darwin AU: Darwin
Australia/Perth AU: Perth, Перт
Asia/Jakarta ID: Jakarta, Джакарта, Bandung, Surabaya, Medan
Asia/Makassar ID: Denpasar, Bali, Бали, Makassar
Asia/Jayapura ID: Jayapura
Asia/Ulaanbaatar MN: Ulaanbaatar, Улан-Батор
Africa/Kinshasa CD: Kinshasa
Africa/Lubumbashi CD: Lubumbashi
Europe/London GB: London, Лондон, Londres, Manchester, Манчестер, Edinburgh, Glasgow, Birmingham, Bristol, Leeds, Newcastle
Europe/Dublin IE: Dublin, Дублин
Europe/Berlin DE: Berlin, Берлин, Berlín, Munich, München, Мюнхен, Hamburg, Гамбург, Cologne, Köln, Кёльн, Frankfurt, Frankfurt am Main, Франкфурт, Stuttgart, Düsseldorf, Leipzig, Dresden, Hannover, Nürnberg, Bremen
Europe/Vienna AT: Vienna, Wien, Вена, Viena, Graz, Salzburg, Linz
Europe/Zurich CH: Zurich, Zürich, Цюрих, Geneva, Genève, Genf, Женева, Basel, Bern
Europe/Paris FR: Paris, Париж, París, Lyon, Лион, Marseille, Toulouse, Nice, Bordeaux, Strasbourg, Lille
Europe/Brussels BE: Brussels, Brüssel, Брюссель, Bruxelles, Antwerp, Antwerpen
Europe/Amsterdam NL: Amsterdam, Амстердам, Rotterdam, Utrecht, Eindhoven, The Hague, Den Haag
Europe/Rome IT: Rome, Roma, Rom, Рим, Milan, Milano, Mailand, Милан, Turin, Torino, Naples, Napoli, Bologna, Florence, Firenze
Europe/Warsaw PL: Warsaw, Warszawa, Warschau, Варшава, Kraków, Krakow, Краков, Gdańsk, Wrocław, Poznań, Łódź
Europe/Prague CZ: Prague, Praha, Prag, Прага, Praga, Brno
Europe/Budapest HU: Budapest, Будапешт
Europe/Bucharest RO: Bucharest, București, Бухарест
Europe/Sofia BG: Sofia, София
Europe/Athens GR: Athens, Athen, Афины, Αθήνα
Europe/Helsinki FI: Helsinki, Хельсинки
Europe/Stockholm SE: Stockholm, Стокгольм, Gothenburg, Göteborg, Malmö
Europe/Oslo NO: Oslo, Осло, Bergen
Europe/Copenhagen DK: Copenhagen, København, Kopenhagen, Копенгаген
Europe/Riga LV: Riga, Рига
Europe/Vilnius LT: Vilnius, Вильнюс
Europe/Tallinn EE: Tallinn, Таллин
Europe/Minsk BY: Minsk, Минск
Europe/Chisinau MD: Chisinau, Chișinău, Кишинёв
Europe/Belgrade RS: Belgrade, Белград, Beograd
Europe/Istanbul TR: Istanbul, İstanbul, Стамбул, Ankara, Анкара, Izmir
Asia/Tbilisi GE: Tbilisi, Тбилиси
Asia/Yerevan AM: Yerevan, Ереван
Asia/Baku AZ: Baku, Баку
Asia/Almaty KZ: Almaty, Алматы, Алма-Ата, Astana, Астана
Asia/Tashkent UZ: Tashkent, Ташкент
Asia/Bishkek KG: Bishkek, Бишкек
Asia/Dubai AE: Dubai, Дубай, Abu Dhabi, Абу-Даби
Asia/Riyadh SA: Riyadh, Jeddah
Asia/Jerusalem IL: Tel Aviv, Тель-Авив, Jerusalem, Иерусалим, Haifa
Africa/Cairo EG: Cairo, Каир
Africa/Johannesburg ZA: Johannesburg, Cape Town, Durban
Africa/Lagos NG: Lagos
Africa/Nairobi KE: Nairobi
Asia/Kolkata IN: Mumbai, Мумбаи, Delhi, New Delhi, Дели, Bangalore, Bengaluru, Chennai, Hyderabad, Kolkata, Pune
Asia/Shanghai CN: Shanghai, Шанхай, 上海, Beijing, Пекин, Peking, 北京, Shenzhen, Шэньчжэнь, Guangzhou, Гуанчжоу
Asia/Hong_Kong HK: Hong Kong, Hongkong, Гонконг
Asia/Taipei TW: Taipei
Asia/Tokyo JP: Tokyo, Tokio, Токио, 東京, Osaka, Осака, Kyoto
Asia/Seoul KR: Seoul, Сеул, Busan
Asia/Singapore SG: Singapore, Сингапур
Asia/Kuala_Lumpur MY: Kuala Lumpur
Asia/Bangkok TH: Bangkok, Бангкок
Asia/Manila PH: Manila, Manilla
Asia/Ho_Chi_Minh VN: Hanoi, Ho Chi Minh City, Ханой
Pacific/Auckland NZ: Auckland, Окленд, Wellington, Christchurch, Hamilton
America/Argentina/Buenos_Aires AR: Buenos Aires, Буэнос-Айрес, Córdoba, Rosario, Mendoza
America/Bogota CO: Bogotá, Bogota, Богота, Medellín, Cartagena, Cali
America/Lima PE: Lima, Лима
America/Montevideo UY: Montevideo
America/Caracas VE: Caracas, Valencia, Barcelona, Mérida
America/Costa_Rica CR: San José
"""
_REGIONS = """
America/New_York US: CT, Connecticut, DC, DE, Delaware, GA, Georgia, MA, Massachusetts, MD, Maryland, ME, Maine, NC, North Carolina, NH, New Hampshire, NJ, New Jersey, NY, New York, OH, Ohio, PA, Pennsylvania, RI, Rhode Island, SC, South Carolina, VA, Virginia, VT, Vermont, WV, West Virginia
America/Chicago US: AL, Alabama, AR, Arkansas, IA, Iowa, IL, Illinois, LA, Louisiana, MN, Minnesota, MO, Missouri, MS, Mississippi, OK, Oklahoma, WI, Wisconsin
America/Denver US: CO, Colorado, MT, Montana, NM, New Mexico, UT, Utah, WY, Wyoming
America/Los_Angeles US: CA, California, WA, Washington
Pacific/Honolulu US: HI, Hawaii
America/Halifax CA: NS, Nova Scotia, NB, New Brunswick, PE, Prince Edward Island
America/Winnipeg CA: MB, Manitoba
America/Regina CA: SK, Saskatchewan
America/Edmonton CA: AB, Alberta
Australia/Melbourne AU: VIC, Victoria
Australia/Hobart AU: TAS, Tasmania
Australia/Brisbane AU: QLD, Queensland
Australia/Adelaide AU: SA, South Australia
Australia/Darwin AU: NT, Northern Territory
Atlantic/Canary ES: Canarias, Canary Islands, Islas Canarias
Europe/Madrid ES: Cataluña, Catalunya, Catalonia, Andalucía, Madrid, Comunidad de Madrid, País Vasco, Galicia
Europe/Moscow RU: Московская область, Moscow Oblast, Ленинградская область, Татарстан, Республика Татарстан, Краснодарский край, Нижегородская область, Ростовская область
Europe/Samara RU: Самарская область
Asia/Yekaterinburg RU: Свердловская область, Челябинская область, Пермский край, Башкортостан, Республика Башкортостан, Тюменская область
Asia/Novosibirsk RU: Новосибирская область
Asia/Krasnoyarsk RU: Красноярский край
Asia/Irkutsk RU: Иркутская область
Asia/Vladivostok RU: Приморский край, Хабаровский край
"""


def _rows(text: str) -> tuple[tuple[str, str, str], ...]:
    rows: list[tuple[str, str, str]] = []
    for line in text.strip().splitlines():
        key, _, names = line.partition(": ")
        zone, country = key.split()
        rows.extend((country, name.strip(), zone) for name in names.split(","))
    return tuple(rows)


CITIES = _rows(_CITIES)
"""(country, name as written, zone) of big cities; a name may be known in several countries."""
REGIONS = _rows(_REGIONS)
"""The same for states and regions that lie wholly in one zone."""
