"""What a refusal says of money and quotas, by what its words mean rather than by whole phrases.

A saying is known by two ideas that stand in it, such as *balance* and *too low*, in the languages in which
providers answer, so that a new wording of an old refusal is understood. Codes in CamelCase or with
underscores count as words. Tried in order, the narrower idea first.
"""

import re
from collections.abc import Set as AbstractSet

from writetex_desktop.core.errors import Fault

_USED_UP = re.compile(
    r"exhaust|used up|exceed|deplet|\bran? out\b|run out|\bnot\b.{0,12}\benough\b|insufficient|too low"
    r"|reached"
    r"|expired|consumed"
    r"|\bno (?:more|remaining|available|credit|quota|balance|money)|over (?:the |your )?(?:limit|quota)"
    r"|requires? more|\bneeds? more|zero|negative|not sufficient"
    r"|预扣费|到期|过期|用尽|用完|耗尽|耗盡|不足|不够|不夠|超出|超过|超過|已达|已達|透支|使い切|超え|枯渇"
    r"|aufgebraucht|erschöpft|überschritten|nicht genug|nicht ausreich|zu niedrig|épuisé|insuffisant|dépassé"
    r"|agotad|insuficiente|superad|excedid|esgotad|esaurit|superat|исчерпан|недостаточно|превышен|закончил"
    r"|부족|초과|소진",
)
_MONEY = re.compile(
    r"\bbalance\b|\bcredits?\b|\bfunds?\b|\bmoney\b|top[\s-]?up|recharge|prepaid|_balance|balance_"
    r"|insufficientbalance"
    r"|余额|餘額|额度|額度|积分|點數|点数|资源包|\bsolde\b|crédits?|guthaben|kontostand|\bsaldo\b|crédito"
    r"|credito"
    r"|баланс|средств|残高|クレジット|잔액|크레딧",
)
_QUOTA = re.compile(r"quota|配额|配額|contingent|kontingent|cuota|\bcota\b|квот|クォータ|할당량")
_PLAN = re.compile(
    r"billing|\bplan\b|\buser\b|_user_|token[ _]quota|\baccount\b|subscription|abonnement|tarif"
)
_FREE = re.compile(
    r"\bfree[\s_-]?(?:tier|quota|plan|model|trial|usage|request|credit|allowance|account)|\btrial\b|免费"
    r"|免費|试用|試用|赠送"
    r"|kostenlos|gratuit|gratis|бесплатн|無料|무료",
)
_DAY = re.compile(
    r"per[\s_-]?day|\bdaily\b|_daily|daily_|/\s?(?:day|d)\b|\brpd\b|\btpd\b|\ba day\b"
    r"|(?:for |used )today|today\W?s"
    r"|\b24 ?h|\d[- ]hours? (?:usage )?(?:quota|limit)|for \d+ hours?\b|86400|byday"
    r"|this (?:month|week)|/\s?(?:month|week)"
    r"|每日|每天|今日|今天|当日|當日|日限|1日|一日|pro tag|täglich|tages|par jour|quotidien|journali"
    r"|diari[ao]|por d[ií]a"
    r"|al giorno|giornalier|в день|в сутки|суточн|дневн|하루|일일|per[\s_-]?month|\bmonthly\b|每月|本月"
    r"|per[\s_-]?week|\bweekly\b",
)
_SHORT_RATE = re.compile(
    r"per[\s_-]?min|per[\s_-]?sec|\brpm\b|\btpm\b|\bqps\b|/\s?min|concurren|rate limit|too many requests"
    r"|(?:retry|again) (?:in|after) \d|每分钟|每秒|频率|频繁|并发|速率",
)
_BY_MINUTE = re.compile(r"per[\s_-]?min|\brpm\b|\btpm\b|/\s?min|每分钟")
_MONTH = re.compile(r"month|每月|本月|monat|mensu|\bmois\b|\bmes\b|месяц")
_LIMIT = re.compile(r"l[ií]mit|quota|requests|reached|限|额|額|exceed|too many|超|лимит|초과")
_NO_FREE_TIER = re.compile(r"\blimit: 0\b")

_OVERDUE = re.compile(
    r"overdue|arrear|failure to pay|past invoices?|past[\s_-]due|\bunpaid\b"
    r"|outstanding (?:balance|invoice)|in good standing|欠费|欠費"
    r"|逾期|未払"
    r"|impayé|überfällig|rückstand|vencid|moros|insolut|просроч|задолженн|연체",
)
_BILLING_OFF = re.compile(
    r"billing[\s_-]?(?:is |has |account )?(?:be )?"
    r"(?:disabled|inactive|not[\s_-](?:active|enabled)|off\b|required)"
    r"|billing (?:has not been|is not|was not|isn't) \w+|billing to be enabled|billing must be"
    r"|requires? billing"
    r"|no (?:payment method|credit card|billing)|payment (?:method )?(?:is )?(?:required|missing)"
    r"|billing account.{0,60}(?:disabled|closed|suspended)"
    r"|account is not active|(?:add|enter) a (?:payment method|credit card)|enable billing"
    r"|(?:未|没有)(?:开通|开启|启用|绑定).{0,6}(?:计费|付费|支付|后付费)"
    r"|abrechnung.{0,30}(?:deaktiviert|nicht)|facturation.{0,30}(?:désactiv|pas activ)"
    r"|facturación.{0,30}desactiv",
)
_LIMIT_SET = re.compile(
    r"setlimit|hard[\s_-]limit|spend(?:ing)?[\s_-](?:limit|cap)"
    r"|(?<!thinking[ _])(?<!token[ _])budget(?![ _]?tokens)|(?:api )?key limit|usage cap"
    r"|specified .{0,12}usage limit"
    r"|limit (?:that )?(?:you|was|is|has been|were)? ?(?:set|configured)|inference limit|safe experience mode"
    r"|推理限额|消费上限|消费限额|预算|限额|安全体验",
)
_REGION = re.compile(
    r"unsupported_(?:country|region|location)|region_not|not_available_in_region"
    r"|(?:country|region|territory|location)[\w ,]{0,30}(?:is |are )?"
    r"(?:not|un)[\s-]?(?:supported|available|allowed)"
    r"|(?:not|n't|un)[\s-]?(?:be )?(?:available|supported|offered|allowed|accessible|provided|served|\w+ed)"
    r" (?:in|for|from|to) (?:your|this|the) (?:current )?(?:country|region|location|territory|area|place)"
    r"|geo-?(?:block|restrict|fenc)|embargo|sanction"
    r"|(?:地区|地區|国家|國家|区域).{0,10}(?:不支持|不可用|不提供|受限|限制|无法|暂未)"
    r"|(?:不支持|不提供|暂不).{0,10}(?:地区|地區|国家|区域)"
    r"|votre (?:pays|région)|ihrem land|ihrer region|(?:tu|su) (?:país|región)|seu país|tuo paese"
    r"|вашей стран|вашем регион|お住まいの|利用できない地域|(?:국가|지역).{0,10}지원",
)

_CODES: dict[str, Fault] = {
    "insufficient_quota": Fault.NO_MONEY,
    "insufficient_user_quota": Fault.NO_MONEY,
    "insufficient_balance": Fault.NO_MONEY,
    "arrearage": Fault.OVERDUE,
    "accountoverdueerror": Fault.OVERDUE,
    "billing_hard_limit_reached": Fault.LIMIT_SET,
    "budget_exceeded": Fault.LIMIT_SET,
    "setlimitexceeded": Fault.LIMIT_SET,
    "billing_disabled": Fault.BILLING_OFF,
    "billing_not_active": Fault.BILLING_OFF,
    "not_enough_balance": Fault.NO_MONEY,
    "allocationquota.freetieronly": Fault.FREE_TIER,
    "unsupported_country_region_territory": Fault.REGION,
}
"""Codes that say it in one word; a body may have several, so money stands before the rest."""

_PAYMENT_REQUIRED = 402

_REFUSALS = frozenset((200, 400, 401, 402, 403, 404, 412, 422, 429, 432, 500, 503))
"""Statuses with which servers were seen to refuse for these reasons; other ones mean what they mean."""


def quota_fault(status: int, words: str, codes: AbstractSet[str]) -> Fault | None:
    """Say which refusal for money, quota or place this is; None when it is none.

    Args:
        status: HTTP status, or the one that the body gives.
        words: What the server said, with its codes, in lower case.
        codes: Its codes, in lower case.
    """
    if status not in _REFUSALS:
        return None
    coded = next((fault for code, fault in _CODES.items() if code in codes), None)
    if coded is not None:
        # Where the day's free share is what was used up, to wait helps and to pay is one way only.
        return Fault.DAILY_LIMIT if coded is Fault.NO_MONEY and _is_daily(words) else coded
    if _REGION.search(words):
        return Fault.REGION
    if _OVERDUE.search(words):
        return Fault.OVERDUE
    return Fault.NO_MONEY if _NO_FREE_TIER.search(words) else _used_up(status, words)


def _used_up(status: int, words: str) -> Fault | None:
    used_up = _USED_UP.search(words)
    if _LIMIT_SET.search(words) and used_up:
        return Fault.LIMIT_SET
    if status == _PAYMENT_REQUIRED:
        # What must be paid for is not given again by itself, whatever period it was for.
        return Fault.FREE_TIER if used_up and _FREE.search(words) else Fault.NO_MONEY
    if _is_daily(words):
        return Fault.DAILY_LIMIT
    if _BILLING_OFF.search(words):
        return Fault.BILLING_OFF
    is_for_good = used_up and not _SHORT_RATE.search(words)
    if is_for_good and _FREE.search(words):
        return Fault.FREE_TIER
    is_money = _MONEY.search(words) or (_QUOTA.search(words) and _PLAN.search(words))
    return Fault.NO_MONEY if is_for_good and is_money else None


def _is_daily(words: str) -> bool:
    """Say whether a limit by hours or days is meant, and not one by the minute that is named beside it."""
    daily = _DAY.search(words)
    by_minute = _BY_MINUTE.search(words)
    is_first = daily is not None and (by_minute is None or daily.start() < by_minute.start())
    return is_first and bool(_LIMIT.search(words)) and not _NO_FREE_TIER.search(words)


def is_monthly(words: str) -> bool:
    """Say whether a quota is one of the month."""
    return bool(_MONTH.search(words.lower()))
