"""Answers that say that no picture was seen: the model reads text only, or the server dropped the picture.

Such a server accepts the request, leaves the picture out without a word, and the model asks for it.
"""

import re

from writetex_desktop.core.errors import RecognitionError, Remedy, RemedyAction
from writetex_desktop.core.language.words import tr

_LONGEST = 1_000
"""Characters; a refusal with all its advice is shorter."""

_OPENING = 300
"""It is said at once, within so many characters."""

_PICTURE = r"(?:images?|pictures?|photos?|photographs?|screenshots?|attachments?|visual (?:content|input)s?)"
_NOT = r"(?:can(?:no|['’])?t|can not|unable to|not able to|(?:do|did|could)(?: not|n['’]t))"
_SEE = r"(?:see|view|access|process|read|analy[sz]e|open|display|interpret|find|have|receive|accept)"
_SEND = r"(?:upload|re-?upload|provide|attach|share|send|describe)"
_SENT = r"(?:provided|attached|uploaded|included|shared|visible|found)"
_ENGLISH = (
    rf"{_NOT}(?: [\w-]+){{0,2}} {_SEE}(?: [\w-]+){{0,5}} {_PICTURE}\b",
    rf"\b(?:no|without an?) {_PICTURE}(?: [\w-]+){{0,3}} {_SENT}",
    rf"(?:please|could you|can you|you need to)(?: [\w-]+){{0,2}} {_SEND}(?: [\w-]+){{0,3}} {_PICTURE}\b",
    rf"(?:text-based|text-only|language model)[^.]{{0,60}}{_PICTURE}\b",
)
_EUROPEAN = (
    r"ne (?:peux|puis|vois|parviens|suis)[^.]{0,40}[ '’](?:image|photo|pièce jointe)",
    r"aucune (?:image|photo)\b|(?:fournir|joindre|télécharger|envoyer) (?:une |l['’]|votre )image",
    r"(?:kann|sehe|sehen)[^.]{0,40}\b(?:kein|nicht)[^.]{0,20}bild|kein bild\b",
    r"bild[^.]{0,20} nicht (?:sehen|öffnen|anzeigen)",
    r"no (?:puedo|veo|he recibido|se)[^.]{0,40} (?:imagen|imágenes|foto)",
    r"non (?:posso|riesco|vedo)[^.]{0,40}[ '’]immagin[ei]",
    r"не (?:вижу|могу)[^.]{0,40} (?:изображени|картин|фото)",
)
_ASIAN = (
    r"(?:无法|不能|没有|未能|没法|看不到)[^。]{0,12}(?:图片|图像|图)",
    r"请(?:您)?(?:重新)?(?:提供|上传|发送)[^。]{0,8}(?:图片|图像)",
    r"画像[^。]{0,12}(?:見え|表示でき|確認でき|添付されて)",
)
_UNSEEN = re.compile("|".join((*_ENGLISH, *_EUROPEAN, *_ASIAN)), re.IGNORECASE)


def tells_of_no_picture(text: str) -> bool:
    """Say whether an answer is none, but tells that the model saw no picture.

    Args:
        text: The answer with whatever was round it taken away.
    """
    return len(text) <= _LONGEST and bool(_UNSEEN.search(text, 0, _OPENING))


def unseen_picture(model: str) -> RecognitionError:
    """Say that a model did not see the picture."""
    return RecognitionError(
        tr("The model {model} says that it cannot see the picture.", model=model),
        Remedy(tr("Choose a model that accepts images."), RemedyAction.OPEN_ENDPOINT_SETTINGS),
    )
