"""Settings: what endpoints cost, and the limit."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from writetex_desktop.core.costs.cost import Price, format_money
from writetex_desktop.core.costs.spending import Expense
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.money import Currency, Money
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.core.visible import tagless
from writetex_desktop.ui.settings.page import SettingsPage, choice, choose

_ROWS = 5
"""Rows of the table that are seen at once."""


class CostsPage(SettingsPage):
    """The monthly limit, the rate between currencies, a price of one's own, and this month's expenses."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.title = tr("Costs")
        self.add_words(self.title)
        self._cap = _amount(maximum=10_000, decimals=2, special=tr("No limit"))
        self._cap_currency = _currencies(tr("Currency of the limit"))
        self._limit = _beside(self._cap, self._cap_currency)
        self.add_field(
            tr("&Monthly limit"),
            self._limit,
            tr("Before a request that could go over it, you are asked."),
        )
        self._rate = _amount(maximum=1000, decimals=4)
        self._rate.setMinimum(0.0001)
        self.add_field(tr("&Yuan for a dollar"), self._rate, tr("Used where costs in both are added up."))
        self._input = _amount(maximum=10_000, decimals=4, special=tr("Catalogue"))
        self._output = _amount(maximum=10_000, decimals=4, special=tr("Catalogue"))
        self._output.setAccessibleName(tr("Price of a million output tokens"))
        self._price_currency = _currencies(tr("Currency of the price"))
        self._price = _beside(self._input, self._output, self._price_currency)
        self.add_field(
            tr("&Price"),
            self._price,
            tr(
                "Of the profile in use, for a million input and output tokens, where the catalogue does not "
                "know it or you pay another."
            ),
        )
        self._expenses = _table((tr("Model"), tr("Requests"), tr("Tokens"), tr("Cost")))
        self.add_field(
            tr("&This month"),
            self._expenses,
            tr("Counted on this machine; what counts is the provider's bill."),
        )
        for box in (self._cap, self._rate, self._input, self._output):
            box.editingFinished.connect(self._edit)
        for currency in (self._cap_currency, self._price_currency):
            currency.activated.connect(self._edit)

    def show_settings(self, settings: Settings) -> None:
        """Show what is in force."""
        super().show_settings(settings)
        cap = settings.monthly_cap
        _set(self._cap, cap.amount if cap else Decimal(0))
        choose(self._cap_currency, cap.currency if cap else Currency.USD)
        _set(self._rate, settings.cny_per_usd)
        price = settings.profile.price if settings.profile else None
        _set(self._input, price.input if price else Decimal(0))
        _set(self._output, price.output if price else Decimal(0))
        choose(self._price_currency, price.currency if price else Currency.USD)
        self._price.setEnabled(settings.profile is not None)

    def show_expenses(self, expenses: Sequence[Expense]) -> None:
        """Show what this month has cost, the dearest first."""
        ordered = sorted(expenses, key=lambda each: each.cost.amount if each.cost else 0, reverse=True)
        self._expenses.setRowCount(len(ordered))
        for row, each in enumerate(ordered):
            cost = format_money(each.cost) if each.cost else tr("not known")
            texts = (
                each.model,
                self.locale().toString(each.requests),
                self.locale().toString(each.prompt_tokens + each.completion_tokens),
                tr("about {cost}", cost=cost) if each.estimated and each.cost else cost,
            )
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(tagless(each.host if column == 0 else ""))
                if column:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self._expenses.setItem(row, column, item)

    def _edit(self) -> None:
        settings = replace(
            self.settings,
            monthly_cap=_money(self._cap, self._cap_currency),
            cny_per_usd=Decimal(str(self._rate.value())),
        )
        profile = settings.profile
        if profile is not None:
            priced = replace(profile, price=self._own_price())
            profiles = tuple(priced if each is profile else each for each in settings.profiles)
            settings = replace(settings, profiles=profiles)
        if settings != self.settings:
            self.settings_edited.emit(settings)

    def _own_price(self) -> Price | None:
        if not self._input.value() and not self._output.value():
            return None
        return Price(
            Decimal(str(self._input.value())),
            Decimal(str(self._output.value())),
            self._price_currency.currentData(),
        )


def _money(box: QDoubleSpinBox, currency: QComboBox) -> Money | None:
    return Money(Decimal(str(box.value())), currency.currentData()) if box.value() else None


def _amount(*, maximum: float, decimals: int, special: str = "") -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(0, maximum)
    box.setDecimals(decimals)
    box.setSpecialValueText(special)
    box.setKeyboardTracking(False)
    return box


def _set(box: QDoubleSpinBox, amount: Decimal) -> None:
    blocked = box.blockSignals(True)
    box.setValue(float(amount))
    box.blockSignals(blocked)


def _currencies(name: str) -> QComboBox:
    box = choice(*((each, each.value) for each in Currency))
    box.setAccessibleName(name)
    return box


def _beside(*fields: QWidget) -> QWidget:
    """Put fields into one row, whose name and focus are those of the first."""
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    for field in fields:
        line.addWidget(field, 1 if isinstance(field, QDoubleSpinBox) else 0)
    row.setFocusProxy(fields[0])
    return row


def _table(titles: tuple[str, ...]) -> QTableWidget:
    table = QTableWidget(0, len(titles))
    table.setHorizontalHeaderLabels(titles)
    table.verticalHeader().hide()
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setFixedHeight(table.horizontalHeader().sizeHint().height() + _ROWS * 28)
    return table
