"""Everything a phone may say about tickets."""

from sync.registry import Kind
from tickets import actions
from tickets import serializers as forms

KINDS = [
    Kind("ticket.open", forms.OpenTicketInput, actions.open_ticket),
    Kind("ticket.change", forms.ChangeTicketInput, actions.change_ticket, is_edit=True),
    Kind("ticket.take", forms.NameTicketInput, actions.take_ticket),
    Kind("ticket.assign", forms.AssignInput, actions.assign_ticket),
    Kind("ticket.wait", forms.WaitInput, actions.wait_ticket),
    Kind("ticket.resume", forms.GoOnInput, actions.resume_ticket),
    Kind("ticket.solve", forms.SolveInput, actions.solve_ticket),
    Kind("ticket.reopen", forms.GoOnInput, actions.reopen_ticket),
    Kind("ticket.close", forms.CloseInput, actions.close_ticket),
    Kind("ticket.withdraw", forms.NameTicketInput, actions.withdraw_ticket),
    Kind("ticket.watch", forms.NameTicketInput, actions.watch_ticket),
    Kind("ticket.unwatch", forms.NameTicketInput, actions.unwatch_ticket),
    Kind("ticket.link", forms.LinkInput, actions.link_tickets),
    Kind("ticket.unlink", forms.LinkInput, actions.unlink_tickets),
    Kind("ticket.again", forms.AgainInput, actions.say_again),
    Kind("ticket.acknowledge", forms.NameTicketInput, actions.acknowledge_alarm),
    Kind("ticket.review", forms.ReviewInput, actions.review_times),
    Kind("message.write", forms.WriteMessageInput, actions.write_message),
    Kind("message.withdraw", forms.WithdrawMessageInput, actions.withdraw_message),
    Kind("help.ask", forms.AskHelpInput, actions.ask_help),
    Kind("help.answer", forms.AnswerHelpInput, actions.answer_help),
    Kind("help.withdraw", forms.WithdrawHelpInput, actions.withdraw_help),
    Kind("cause.settle", forms.SettleCauseInput, actions.settle_cause),
    Kind("cause.change", forms.ChangeCauseInput, actions.change_cause, is_edit=True),
]
