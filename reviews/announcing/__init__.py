"""Messages that leave the house: rows written with what they tell of, sent by `manage.py announce`."""
