# ruff: noqa: E501 - a table reads best with a zone or a country per line
"""What countries are called in addresses: English, Russian, German, Spanish and at home."""

_NAMES = """
AE: United Arab Emirates, UAE, ОАЭ, Объединенные Арабские Эмираты, Vereinigte Arabische Emirate, Emiratos Árabes Unidos
AM: Armenia, Армения, Armenien, Հայաստան
AR: Argentina, Аргентина, Argentinien
AT: Austria, Австрия, Österreich
AU: Australia, Австралия, Australien
AZ: Azerbaijan, Азербайджан, Aserbaidschan, Azerbaiyán, Azərbaycan
BE: Belgium, Бельгия, Belgien, Bélgica, België, Belgique
BG: Bulgaria, Болгария, Bulgarien, България
BR: Brazil, Бразилия, Brasilien, Brasil
BY: Belarus, Беларусь, Белоруссия, Weißrussland, Bielorrusia
CA: Canada, Канада, Kanada, Canadá
CD: DR Congo, Democratic Republic of the Congo
CH: Switzerland, Швейцария, Schweiz, Suiza, Suisse, Svizzera
CL: Chile, Чили
CN: China, Китай, КНР, 中国
CO: Colombia, Колумбия, Kolumbien
CR: Costa Rica, Коста-Рика
CY: Cyprus, Кипр, Zypern, Chipre, Κύπρος
CZ: Czechia, Czech Republic, Чехия, Tschechien, Chequia, Česko, Česká republika
DE: Germany, Германия, Deutschland, Alemania, Allemagne
DK: Denmark, Дания, Dänemark, Dinamarca, Danmark
EC: Ecuador, Эквадор
EE: Estonia, Эстония, Estland, Eesti
EG: Egypt, Египет, Ägypten, Egipto
ES: Spain, Испания, Spanien, España
FI: Finland, Финляндия, Finnland, Finlandia, Suomi
FR: France, Франция, Frankreich, Francia
GB: United Kingdom, UK, Great Britain, England, Scotland, Wales, Великобритания, Англия, Großbritannien, Vereinigtes Königreich, Reino Unido
GE: Georgia, Грузия, Georgien, საქართველო
GR: Greece, Греция, Griechenland, Grecia, Ελλάδα
HK: Hong Kong, Гонконг, Hongkong
HR: Croatia, Хорватия, Kroatien, Croacia, Hrvatska
HU: Hungary, Венгрия, Ungarn, Hungría, Magyarország
ID: Indonesia, Индонезия, Indonesien
IE: Ireland, Ирландия, Irland, Irlanda
IL: Israel, Израиль
IN: India, Индия, Indien
IS: Iceland, Исландия, Island, Islandia
IT: Italy, Италия, Italien, Italia
JP: Japan, Япония, Japón, 日本
KE: Kenya, Кения, Kenia
KG: Kyrgyzstan, Киргизия, Кыргызстан, Kirgisistan
KR: South Korea, Korea, Южная Корея, Республика Корея, Südkorea, Corea del Sur, 대한민국
KZ: Kazakhstan, Казахстан, Kasachstan, Kazajistán, Қазақстан
LT: Lithuania, Литва, Litauen, Lituania, Lietuva
LU: Luxembourg, Люксембург, Luxemburg, Luxemburgo
LV: Latvia, Латвия, Lettland, Letonia, Latvija
MA: Morocco, Марокко, Marokko, Marruecos
MD: Moldova, Молдова, Молдавия, Moldau, Moldavia
ME: Montenegro, Черногория, Crna Gora
MN: Mongolia, Монголия, Mongolei
MT: Malta, Мальта
MX: Mexico, Мексика, Mexiko, México
MY: Malaysia, Малайзия, Malasia
NG: Nigeria, Нигерия
NL: Netherlands, The Netherlands, Holland, Нидерланды, Голландия, Niederlande, Países Bajos, Nederland
NO: Norway, Норвегия, Norwegen, Noruega, Norge
NP: Nepal, Непал
NZ: New Zealand, Новая Зеландия, Neuseeland, Nueva Zelanda
PE: Peru, Перу, Perú
PH: Philippines, Филиппины, Philippinen, Filipinas
PK: Pakistan, Пакистан
PL: Poland, Польша, Polen, Polonia, Polska
PT: Portugal, Португалия
QA: Qatar, Катар, Katar
RO: Romania, Румыния, Rumänien, Rumania, România
RS: Serbia, Сербия, Serbien, Србија, Srbija
RU: Russia, Russian Federation, Россия, РФ, Российская Федерация, Russland, Rusia
SA: Saudi Arabia, Саудовская Аравия, Saudi-Arabien, Arabia Saudita
SE: Sweden, Швеция, Schweden, Suecia, Sverige
SG: Singapore, Сингапур, Singapur
SI: Slovenia, Словения, Slowenien, Eslovenia, Slovenija
SK: Slovakia, Словакия, Slowakei, Eslovaquia, Slovensko
TH: Thailand, Таиланд, Tailandia
TJ: Tajikistan, Таджикистан, Tadschikistan
TM: Turkmenistan, Туркмения, Туркменистан
TN: Tunisia, Тунис, Tunesien, Túnez
TR: Turkey, Türkiye, Турция, Türkei, Turquía
TW: Taiwan, Тайвань, Taiwán
UA: Ukraine, Украина, Ucrania, Україна
US: United States, United States of America, USA, U.S.A., США, Vereinigte Staaten, Estados Unidos, EE. UU.
UY: Uruguay, Уругвай
UZ: Uzbekistan, Узбекистан, Usbekistan, Uzbekistán
VE: Venezuela, Венесуэла
VN: Vietnam, Вьетнам
ZA: South Africa, ЮАР, Южная Африка, Südafrika, Sudáfrica
"""
COUNTRY_NAMES: dict[str, tuple[str, ...]] = {
    code: tuple(name.strip() for name in names.split(","))
    for code, _, names in (line.partition(":") for line in _NAMES.strip().splitlines())
}
"""ISO 3166 code to the names that are written for it."""
