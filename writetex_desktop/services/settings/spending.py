"""What requests cost, what this month has cost, and the limit that the user has set."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import reduce
from urllib.parse import urlsplit

from writetex_desktop.core.costs.cost import Price, at_share, convert, cost_of, estimate_cost, format_money
from writetex_desktop.core.costs.spending import Expense, added, expense_of, month_of, summed, total
from writetex_desktop.core.endpoints.catalogue.provider import Catalogue
from writetex_desktop.core.endpoints.endpoint import normalise_base_url
from writetex_desktop.core.errors import EndpointError, Fault, Remedy, RemedyAction, StorageError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.money import Cost, Currency, Money
from writetex_desktop.core.reading.recognition import Usage
from writetex_desktop.core.settings.settings import Profile, Settings
from writetex_desktop.ports.storage import SpendingStore
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.tasks import Tasks


class Spending:
    """Counts tokens and money.

    Attributes:
        expenses: All that is known, this month's and older.

    Args:
        store: Where it is kept; expenses are added there in the background, those that wait for it as one.
        initial: What was kept before.
        settings: Say the user's own prices, the rate and the limit.
        catalogue: Says the other prices.
        tasks: Where saving runs.
        today: Gives the day by the user's calendar.
    """

    def __init__(
        self,
        store: SpendingStore,
        initial: tuple[Expense, ...],
        settings: Observable[Settings],
        catalogue: Catalogue,
        *,
        tasks: Tasks,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.expenses = Observable(initial)
        self._store = store
        self._settings = settings
        self._catalogue = catalogue
        self._tasks = tasks
        self._today = today
        self._unsaved: tuple[Expense, ...] = ()
        self._saving: asyncio.Task[None] | None = None
        self._allowed = ""

    def price(self, base_url: str, model: str) -> Price | None:
        """Say what a model costs: what the user says, else what the catalogue says, else None.

        Args:
            base_url: Normalised.
            model: Model ID.
        """
        profiles = self._settings.value.profiles
        own = (each.price for each in profiles if each.price and _is_at(each, base_url, model))
        return next(own, None) or self._catalogue.price(base_url, model)

    def cost(
        self,
        base_url: str,
        model: str,
        usage: Usage | None,
        *,
        more_tokens: int = 0,
        share: Decimal = Decimal(1),
    ) -> Cost | None:
        """Say what a request cost; an estimate without its tokens, None without a price.

        Args:
            base_url: Normalised.
            model: Model ID.
            usage: The tokens that the server counted.
            more_tokens: What was sent beside picture and prompt, for the estimate.
            share: What is paid of the price: 0.5 is half.
        """
        price = self.price(base_url, model)
        if price is None:
            return None
        price = at_share(price, share)
        return estimate_cost(price, more_tokens) if usage is None else cost_of(usage, price)

    def record(self, base_url: str, model: str, usage: Usage | None, *, more_tokens: int = 0) -> Cost | None:
        """Count a request that was answered; gives what it cost, see `cost`.

        It counts at once; keeping it takes a moment and is awaited by `aclose`.
        """
        self.record_many(base_url, model, (usage,), more_tokens=more_tokens)
        return self.cost(base_url, model, usage, more_tokens=more_tokens)

    def record_many(
        self,
        base_url: str,
        model: str,
        usages: Iterable[Usage | None],
        *,
        more_tokens: int = 0,
        share: Decimal = Decimal(1),
    ) -> None:
        """Count requests that were answered together, as one expense.

        Args:
            base_url: Normalised.
            model: Model ID.
            usages: The tokens of each; None where the server told none.
            more_tokens: What was sent with each beside picture and prompt, for the estimate.
            share: What is paid of the price: 0.5 is half.
        """
        host, price = urlsplit(base_url).netloc, self.price(base_url, model)
        paid = None if price is None else at_share(price, share)
        day = self._today()
        single = (expense_of(day, host, model, usage, paid, more_tokens=more_tokens) for usage in usages)
        for expense in summed(single):
            self.expenses.set(added(self.expenses.value, expense))
            self._unsaved = added(self._unsaved, expense)
        if self._saving is None or self._saving.done():
            self._saving = self._tasks.spawn(self._keep(), name="keep expenses")

    def this_month(self) -> tuple[Expense, ...]:
        """Give the expenses of the present month."""
        month = month_of(self._today())
        return tuple(each for each in self.expenses.value if each.month == month)

    def spent(self, currency: Currency) -> Money:
        """Add up what the present month has cost, as far as prices are known."""
        return total(self.this_month(), currency, self._settings.value.cny_per_usd)

    def would_exceed(self, base_url: str, model: str, *, more_tokens: int = 0) -> bool:
        """Say whether one more large ordinary request would go over the user's monthly limit.

        A request that is free or whose price is not known never does.
        """
        price = self.price(base_url, model)
        return price is not None and self.is_over_limit(estimate_cost(price, more_tokens).high)

    def is_over_limit(self, planned: Money) -> bool:
        """Say whether spending so much more would go over the user's monthly limit; nothing never does."""
        settings = self._settings.value
        cap = settings.monthly_cap
        if cap is None:
            return False
        more = convert(planned, cap.currency, settings.cny_per_usd)
        return bool(more.amount) and self.spent(cap.currency).amount + more.amount > cap.amount

    def check(self, base_url: str, model: str, *, more_tokens: int = 0) -> None:
        """Ask before the limit is passed: refuse a request until the user has said `allow`.

        Args:
            base_url: Normalised.
            model: Model ID.
            more_tokens: What is sent beside picture and prompt.

        Raises:
            EndpointError: It would go over the limit, `Fault.CAP_REACHED`.
        """
        cap = self._settings.value.monthly_cap
        if (
            cap is not None
            and self._allowed != month_of(self._today())
            and self.would_exceed(base_url, model, more_tokens=more_tokens)
        ):
            raise EndpointError(
                tr(
                    "This request could take the month's costs over your limit of {money}; "
                    "{money_2} are spent.",
                    money=format_money(cap),
                    money_2=format_money(self.spent(cap.currency)),
                ),
                Remedy(
                    tr(
                        "Go on for this month, raise the limit in the settings, or use a free or local model."
                    ),
                    RemedyAction.SPEND_ON,
                ),
                fault=Fault.CAP_REACHED,
                model=model,
            )

    def allow(self) -> None:
        """Go on over the limit for the rest of the month, or until the program ends."""
        self._allowed = month_of(self._today())

    async def aclose(self) -> None:
        """Wait until everything recorded so far is kept, or has failed to be, which was told."""
        if self._saving is not None:
            await asyncio.gather(self._saving, return_exceptions=True)

    async def _keep(self) -> None:
        """Keep what waits, one after the other.

        A batch is answered faster than a disk takes it; what comes meanwhile is added up, so that what waits
        stays as small as what is kept. What cannot be kept goes along with what is recorded next.
        """
        while self._unsaved:
            expense, *others = self._unsaved
            self._unsaved = tuple(others)
            try:
                together = await asyncio.to_thread(self._store.add, expense)
            except StorageError:
                self._unsaved = added(self._unsaved, expense)
                raise
            # Other programs spend as well, and the limit is for all of them.
            self.expenses.set(reduce(added, self._unsaved, together))


def _is_at(profile: Profile, base_url: str, model: str) -> bool:
    """Whether a profile means this endpoint; one whose base URL cannot be used means none."""
    try:
        return profile.model == model and normalise_base_url(profile.base_url) == base_url
    except EndpointError:
        return False
