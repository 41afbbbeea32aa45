"""The application for gunicorn: ``gunicorn cloud_api.wsgi:app``. Only a server imports this."""

import atexit
import os

from cloud_api.app import create_app
from cloud_api.live.greenlets import answering_beside
from cloud_api.request_log import configure_logging
from cloud_api.retention import worker as retention
from cloud_api.services import build_services
from cloud_api.settings import load_settings

configure_logging()
_services = build_services(load_settings(os.environ))
atexit.register(_services.close)
retention.start(_services.database, _services.objects, _services.stopping)
app = answering_beside(create_app(_services))
