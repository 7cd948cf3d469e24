"""A lawyer changes a clause, another approves, a reader sees what is coming: in a browser."""

import pytest
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from .acme import PEOPLE, addressees
from .browser import chromium
from .installation import PASSWORD

pytestmark = pytest.mark.slow


def test_two_people_change_and_publish_a_clause_and_a_reader_sees_it(acme_in_force):
    acme = acme_in_force
    with acme.serving(), chromium(acme.folder / "chromium") as browser:
        log_in(browser, acme, "lena")
        browser.find_element(By.LINK_TEXT, "Policies").click()
        browser.find_element(By.LINK_TEXT, "Privacy").click()
        browser.find_element(By.LINK_TEXT, "1 Storage").click()
        type_at_the_end(browser, " After that we delete it.")
        press(browser, "Save to the draft")
        wait_for(browser, "is saved to the draft")
        wait_for(browser, "text changed")

        browser.find_element(By.LINK_TEXT, "Publish version").click()
        browser.find_element(By.NAME, "summary").send_keys("We say when we delete.")
        inserted = browser.find_element(By.CSS_SELECTOR, "ins").text
        assert "After that we delete it." in inserted
        press(browser, "Publish, or ask for approval")
        wait_for(browser, "Another person must approve it")
        proposal = browser.current_url

        log_in(browser, acme, "rosa")
        browser.get(proposal)
        browser.find_element(By.LINK_TEXT, "Approve").click()
        press(browser, "Approve this proposal")
        wait_for(browser, "It can be published as it stands")
        browser.find_element(By.LINK_TEXT, "Publish version").click()
        press(browser, "Publish version")
        wait_for(browser, "is announced")

        browser.get(acme.base_url + "/acme/privacy/")
        assert "We say when we delete." in words(browser)
        assert "After that we delete it." not in words(browser)
        browser.find_element(By.LINK_TEXT, "See what changes").click()
        assert browser.find_element(By.CSS_SELECTOR, ".change ins").text.strip() == inserted.strip()
        assert_no_errors(browser)
    acme.deliver()
    assert addressees(acme) == PEOPLE


def log_in(browser, acme, username):
    """As this person, whoever was logged in before."""
    browser.delete_all_cookies()
    browser.get(acme.base_url + "/admin/")
    browser.find_element(By.NAME, "username").send_keys(username)
    browser.find_element(By.NAME, "password").send_keys(PASSWORD, Keys.ENTER)
    browser.find_element(By.LINK_TEXT, "Policies")


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
    wait = WebDriverWait(browser, 10, ignored_exceptions=[StaleElementReferenceException])
    wait.until(lambda _: text.casefold() in words(browser).casefold(), f"“{text}” is not shown")


def words(browser):
    return browser.find_element(By.TAG_NAME, "body").text


def assert_no_errors(browser):
    """Nothing that the page needs was missing, and its own policy forbade nothing."""
    severe = [line["message"] for line in browser.get_log("browser") if line["level"] == "SEVERE"]
    assert severe == []
