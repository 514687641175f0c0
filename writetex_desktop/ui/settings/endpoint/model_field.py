"""The model ID: typed, or chosen from what the server offers."""

from PySide6.QtCore import QDate, QModelIndex, QPersistentModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from writetex_desktop.core.costs.cost import Price, estimate_cost, format_range
from writetex_desktop.core.endpoints.catalogue.models import ListedModel, seeing
from writetex_desktop.core.endpoints.catalogue.provider import ModelMark
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.visible import tagless
from writetex_desktop.services.endpoints.model_lists import ModelChoice
from writetex_desktop.ui.settings.calm_box import CalmComboBox
from writetex_desktop.ui.settings.page import fine_print
from writetex_desktop.ui.toolkit.icons import IconName, icon


class ModelField(QWidget):
    """A line to type in with a list to choose from; whatever is typed is allowed."""

    edited = Signal()
    """The text is another one."""

    finished = Signal()
    """The user is done with it: left it, pressed Enter, or chose."""

    list_requested = Signal()
    """The server shall be asked again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = CalmComboBox()
        self.box.setEditable(True)
        self.box.setInsertPolicy(CalmComboBox.InsertPolicy.NoInsert)
        self.box.setMaxVisibleItems(16)
        self.box.setMinimumContentsLength(20)
        self.box.setSizeAdjustPolicy(CalmComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setItemDelegate(_Marked(self.box))
        completer = self.box.completer()
        assert completer is not None
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.box.editTextChanged.connect(self.edited)
        self.box.activated.connect(self._take)
        self._line.editingFinished.connect(self.finished)
        self._line.setPlaceholderText("gpt-6-luna")
        self.setFocusProxy(self.box)
        self._again = QToolButton()
        self._again.setIcon(icon(IconName.RETRY))
        self._again.setToolTip(tr("Ask the server for its models again"))
        self._again.setAccessibleName(tr("Ask for the list of models"))
        self._again.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._again.clicked.connect(self.list_requested)
        self._status = fine_print("")
        self._cost = fine_print("")
        self._cost.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.box, 1)
        row.addWidget(self._again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._status)
        column.addWidget(self._cost)
        self._again.setFixedSize(self.box.sizeHint().height(), self.box.sizeHint().height())
        self.show_nothing()

    @property
    def _line(self) -> QLineEdit:
        line = self.box.lineEdit()
        assert line is not None
        return line

    def text(self) -> str:
        """Give what stands in the field."""
        return self.box.currentText()

    def set_text(self, model: str) -> None:
        """Put a model ID into the field without telling anybody."""
        with QSignalBlocker(self.box):
            self.box.setEditText(model)

    def show_nothing(self) -> None:
        """Offer nothing: nobody was asked."""
        self._offer(())
        self._status.setText(tr("The exact ID of a model that sees images."))

    def show_asking(self) -> None:
        """Say that the server is being asked."""
        self._status.setText(tr("Asking the server for its models…"))

    def show_models(self, choice: ModelChoice) -> None:
        """Offer models; what is typed stays."""
        self._offer(choice.models)
        if choice.listed:
            found, seen = len(choice.models), len(seeing(choice.models))
            one = tr("One model found, {seen} known to see images.")
            many = tr("{found} models found, {seen} known to see images.")
            self._status.setText((one if found == 1 else many).format(found=found, seen=seen))
        elif choice.models:
            self._status.setText(
                tr("The server did not tell its models; these are the ones we know. Any ID can be typed.")
            )
        else:
            self._status.setText(
                tr("The server did not tell its models. Type the ID from the provider's page.")
            )

    def show_price(self, price: Price | None, *, is_known: bool) -> None:
        """Say what a picture costs with the model, that it costs nothing, or that nobody here knows.

        Args:
            price: The price; None where it is not known.
            is_known: Whether the model is one of those we know; of others nothing is said.
        """
        self._cost.setVisible(price is not None or is_known)
        if price is None:
            self._cost.setText(tr("What it costs is not known here; the provider's page says it."))
            return
        if not price.input and not price.output:
            self._cost.setText(tr("The provider asks no money for this model."))
            return
        said = tr("A picture costs {range}, estimated.", range=format_range(estimate_cost(price)))
        if price.as_of is not None:
            day = QDate(price.as_of.year, price.as_of.month, price.as_of.day)
            dated = tr("Price of {day}.", day=self.locale().toString(day, "d MMM yyyy"))
            said = f"{said} {dated}"
        self._cost.setText(said)

    def show_choices(self) -> None:
        """Open the list."""
        self.box.setFocus()
        if self.box.count():
            self.box.showPopup()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the theme that is in force by now."""
        super().showEvent(event)
        self._again.setIcon(icon(IconName.RETRY, self.palette()))

    def _offer(self, models: tuple[ListedModel, ...]) -> None:
        typed = self.text()
        with QSignalBlocker(self.box):
            self.box.clear()
            for row, model in enumerate(models):
                self.box.addItem(model.id)
                self.box.setItemData(row, self._marks(model), _MARKS)
                self.box.setItemData(row, tagless(model.note or model.id), Qt.ItemDataRole.ToolTipRole)
            self.box.setCurrentIndex(-1)
            self.box.setEditText(typed)

    def _marks(self, model: ListedModel) -> str:
        marks: list[str] = []
        if model.mark is ModelMark.ECONOMICAL:
            marks.append(tr("economical"))
        elif model.mark is ModelMark.STRONG:
            marks.append(tr("strong"))
        if model.sees:
            marks.append(tr("sees images"))
        elif model.sees is False:
            marks.append(tr("text only"))
        return ", ".join(marks)

    def _take(self) -> None:
        self.edited.emit()
        self.finished.emit()


_MARKS = Qt.ItemDataRole.UserRole


class _Marked(QStyledItemDelegate):
    """Writes behind each ID what is known of the model; the text that is chosen stays the ID."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        marks = index.data(_MARKS)
        if marks:
            option.text = f"{option.text}   ({marks})"
