# The site and the worker: one image, two commands (see compose.yaml).
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY manage.py ./
COPY legalcms legalcms
COPY documents documents
COPY notifications notifications
COPY templates templates
RUN useradd --create-home legalcms && mkdir /data && chown legalcms /data
USER legalcms
ENV DATA=/data DJANGO_SETTINGS_MODULE=legalcms.settings.production
EXPOSE 8000
CMD ["gunicorn", "legalcms.wsgi", "--worker-class", "gthread", "--threads", "8", "--bind", "0.0.0.0:8000"]
