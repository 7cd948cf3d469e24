"""A lawyer changes a clause and publishes it; a reader sees what is coming. In a real browser."""

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from .browser import chromium

pytestmark = pytest.mark.slow

OURS = ("--publisher", "acme", "--policy", "privacy", "--by", "lena")
TEXT = """# Privacy notice

## 1. What we keep

We keep your name and your address for two years.

## 2. Changes

We tell you of material changes by e-mail before they take effect.
"""


@pytest.fixture
def acme(installation):
    """A policy in force, with someone to tell."""
    installation.password = installation.create_user("lena")
    installation.manage(
        *("create_publisher", "acme", "--name", "Acme", "--contact", "legal@acme.example"),
        *("--time-zone", "Europe/Paris", "--by", "lena"),
    )
    installation.manage("add_recipients", "ada@example.org", "--publisher", "acme", "--by", "lena")
    file = installation.folder / "text.md"
    file.write_text(TEXT, encoding="utf-8")
    installation.manage("import_policy", file, *OURS)
    installation.manage("publish_version", *OURS)
    return installation


def test_an_editor_changes_a_clause_and_publishes_and_a_reader_sees_it(acme):
    with acme.serving(), chromium(acme.folder / "chromium") as browser:
        log_in(browser, acme)
        browser.find_element(By.LINK_TEXT, "Policies").click()
        browser.find_element(By.LINK_TEXT, "Privacy notice").click()
        browser.find_element(By.LINK_TEXT, "1 What we keep").click()
        type_at_the_end(browser, " After that we delete them.")
        press(browser, "Save to the draft")
        wait_for(browser, "is saved to the draft")
        wait_for(browser, "text changed")

        browser.find_element(By.LINK_TEXT, "Publish version").click()
        browser.find_element(By.NAME, "summary").send_keys("We say when we delete.")
        inserted = browser.find_element(By.CSS_SELECTOR, "ins").text
        assert "After that we delete them." in inserted
        press(browser, "Publish version")
        wait_for(browser, "is announced")

        browser.get(acme.base_url + "/acme/privacy/")
        assert "We say when we delete." in words(browser)
        assert "After that we delete them." not in words(browser)
        browser.find_element(By.LINK_TEXT, "See what changes").click()
        assert browser.find_element(By.CSS_SELECTOR, ".change ins").text.strip() == inserted.strip()
        assert_no_errors(browser)
    acme.deliver()
    assert [message["To"] for message in acme.mail.messages] == ["ada@example.org"]


def log_in(browser, acme):
    browser.get(acme.base_url + "/admin/")
    browser.find_element(By.NAME, "username").send_keys("lena")
    browser.find_element(By.NAME, "password").send_keys(acme.password, Keys.ENTER)


def type_at_the_end(browser, text):
    """Type into the rich-text editor, after what is there."""
    editor = browser.find_element(By.CSS_SELECTOR, ".public-DraftEditor-content")
    editor.click()
    editor.send_keys(Keys.CONTROL, Keys.END)
    editor.send_keys(text)
    field = browser.find_element(By.NAME, "body")
    WebDriverWait(browser, 10).until(lambda _: text.strip() in field.get_attribute("value"))


def press(browser, label):
    button = browser.find_element(By.XPATH, f"//button[contains(normalize-space(), '{label}')]")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
    button.click()


def wait_for(browser, text):
    """Until the page shows these words, in whatever letter case its style gives them."""
    WebDriverWait(browser, 10).until(
        lambda _: text.casefold() in words(browser).casefold(), f"“{text}” is not shown"
    )


def words(browser):
    return browser.find_element(By.TAG_NAME, "body").text


def assert_no_errors(browser):
    """Nothing that the page needs was missing, and its own policy forbade nothing."""
    severe = [line["message"] for line in browser.get_log("browser") if line["level"] == "SEVERE"]
    assert severe == []
