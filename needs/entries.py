"""Everything a phone may say about needs."""

from needs import actions
from needs import serializers as forms
from sync.registry import Kind

KINDS = [
    Kind("need.note", forms.NoteNeedInput, actions.note_need),
    Kind("need.change", forms.ChangeNeedInput, actions.change_need, is_edit=True),
    Kind("need.take", forms.TakeInput, actions.take_need),
    Kind("need.hand_over", forms.HandOverInput, actions.hand_over_need),
    Kind("need.confirm", forms.ConfirmInput, actions.confirm_need),
    Kind("need.accept", forms.AcceptInput, actions.accept_need),
    Kind("need.decline", forms.DeclineInput, actions.decline_need),
    Kind("need.build", forms.BuildInput, actions.build_need),
    Kind("need.merge", forms.MergeInput, actions.merge_need),
    Kind("need.unmerge", forms.UnmergeInput, actions.unmerge_need),
    Kind("voice.observe", forms.ObserveInput, actions.observe),
    Kind("voice.amend", forms.AmendVoiceInput, actions.amend_voice),
    Kind("voice.withdraw", forms.VoiceInput, actions.withdraw_voice),
    Kind("voice.place", forms.PlaceInput, actions.place_voice),
    Kind("theme.add", forms.ThemeInput, actions.add_theme),
    Kind("theme.rename", forms.ThemeInput, actions.rename_theme),
    Kind("theme.remove", forms.NameThemeInput, actions.remove_theme),
    Kind("theme.restore", forms.NameThemeInput, actions.restore_theme, is_first=True),
    Kind("question.ask", forms.AskInput, actions.ask_question),
    Kind("question.withdraw", forms.WithdrawQuestionInput, actions.withdraw_question),
    Kind("asking.answer", forms.AnswerInput, actions.answer_asking),
    Kind("joining.ask", forms.JoinInput, actions.ask_to_join),
    Kind("joining.accept", forms.AnswerJoiningInput, actions.accept_joining),
    Kind("joining.refuse", forms.AnswerJoiningInput, actions.refuse_joining),
    Kind("joining.withdraw", forms.WithdrawJoiningInput, actions.withdraw_joining),
    Kind("reply.edit", forms.EditReplyInput, actions.edit_reply),
    Kind("reply.tell", forms.TellInput, actions.tell_reply),
    Kind("reply.answer", forms.AnswerReplyInput, actions.answer_reply),
]
