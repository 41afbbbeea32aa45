"""The application for gunicorn: ``gunicorn cloud_api.wsgi:app``. Only a server imports this."""

from cloud_api.app import create_app
from cloud_api.request_log import configure_logging
from cloud_api.services import build_services
from cloud_api.settings import CloudSettings

configure_logging()
app = create_app(build_services(CloudSettings()))
