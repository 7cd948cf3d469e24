"""Set how much mail may go out, and show it."""

from django.core.management.base import BaseCommand

from documents.management.arguments import add_by_argument
from documents.management.reporting import plain_errors, report
from documents.permissions import user_named
from notifications.actions.limit_mail import limit_rate, plan_warm_up
from notifications.models import Rate, WarmUpDay


def caps(text):
    return [int(part) for part in text.split(",") if part]


class Command(BaseCommand):
    help = "Limit mail: a minute in all or to one domain (0: no limit), or by day for a new sender."

    def add_arguments(self, parser):
        parser.add_argument("--per-minute", type=int, metavar="N")
        parser.add_argument("--domain", default=Rate.ALL, help="the rate is for this one alone")
        parser.add_argument("--warm-up", type=caps, metavar="N,N,…", help="today, tomorrow, …")
        add_by_argument(parser)

    def handle(self, *, per_minute, domain, warm_up, by, json, **options):
        with plain_errors():
            user = user_named(by)
            if per_minute is not None:
                limit_rate(domain=domain, most=per_minute, by=user)
            if warm_up is not None:
                plan_warm_up(caps=warm_up, by=user)
        rates = dict(Rate.objects.values_list("domain", "most"))
        days = {
            str(day.on): f"{day.used} of {day.most}" for day in WarmUpDay.objects.order_by("on")
        }
        report(self.stdout, {"per minute": rates, "warm-up": days}, as_json=json)
