# The dashboard in a container; README, “Deploy”, says how to build and run it.
FROM python:3.13-slim

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1

WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
# What .dockerignore leaves: the program, the queries and the data.
COPY . .

# It owns nothing in here. A folder of CSV files mounted from outside is named by DIALOGUE_DATA.
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin dialogue
USER dialogue

EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD python -c "import urllib.request; urllib.request.urlopen('http://127.0.0.1:${STREAMLIT_SERVER_PORT:-8501}${STREAMLIT_SERVER_BASE_URL_PATH:+/$STREAMLIT_SERVER_BASE_URL_PATH}/healthz', timeout=4)"
CMD ["streamlit", "run", "app.py", "--server.address", "0.0.0.0"]
