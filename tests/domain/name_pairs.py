"""A hundred names in both alphabets: passports, GOST, and what people write."""

NAME_PAIRS = [
    tuple(pair.split("/"))
    for pair in """
    Ivanov/Иванов Petrov/Петров Sidorov/Сидоров Shcherbakov/Щербаков Scherbakov/Щербаков
    Shherbakov/Щербаков Sherbakov/Щербаков Kuznetsov/Кузнецов Kuznecov/Кузнецов Kuznetzov/Кузнецов
    Khrushchev/Хрущёв Khrushchov/Хрущёв Gorbachev/Горбачёв Gorbachov/Горбачёв Gorbachyov/Горбачёв
    Zhukov/Жуков Žukov/Жуков Jukov/Жуков Tchaikovsky/Чайковский Chaykovskiy/Чайковский
    Tschaikowski/Чайковский Dostoevsky/Достоевский Dostoyevsky/Достоевский Dostoevskij/Достоевский
    Tsvetaeva/Цветаева Cvetaeva/Цветаева Tsvetayeva/Цветаева Solovyov/Соловьёв Soloviev/Соловьёв
    Solovyev/Соловьев Vorobyov/Воробьёв Vorobev/Воробьев Vorob'ev/Воробьев Zaytsev/Зайцев
    Zaitsev/Зайцев Zajcev/Зайцев Yakovlev/Яковлев Jakovlev/Яковлев Iakovlev/Яковлев Yeltsin/Ельцин
    Eltsin/Ельцин Solzhenitsyn/Солженицын Khachaturian/Хачатурян Xachaturjan/Хачатурян
    Bulgakov/Булгаков Chekhov/Чехов Čehov/Чехов Shostakovich/Шостакович Šostakovič/Шостакович
    Fyodorov/Фёдоров Fedorov/Фёдоров Fiodorov/Фёдоров Korolyov/Королёв Korolev/Королёв
    Bely/Белый Belyy/Белый Belyi/Белый Tolstoy/Толстой Tolstoi/Толстой Tolstoj/Толстой
    Yury/Юрий Yuri/Юрий Yuriy/Юрий Iurii/Юрий Jurij/Юрий Dmitry/Дмитрий Dmitri/Дмитрий
    Dmitriy/Дмитрий Dmitrii/Дмитрий Sergey/Сергей Sergei/Сергей Sergej/Сергей Aleksey/Алексей
    Alexey/Алексей Alexei/Алексей Alexander/Александр Aleksandr/Александр Evgeny/Евгений
    Yevgeniy/Евгений Evgenii/Евгений Yekaterina/Екатерина Ekaterina/Екатерина Natalia/Наталья
    Natalya/Наталья Nataliya/Наталия Tatiana/Татьяна Tatyana/Татьяна Tatjana/Татьяна Yulia/Юлия
    Julia/Юлия Iuliia/Юлия Kseniya/Ксения Xenia/Ксения Pyotr/Пётр Petr/Пётр Semyon/Семён
    Semen/Семён Artyom/Артём Ilya/Илья Il'ya/Илья Lyubov/Любовь Ljubov/Любовь Viktor/Виктор
    Victor/Виктор Maxim/Максим Mikhail/Михаил Mihail/Михаил
    """.split()
]
