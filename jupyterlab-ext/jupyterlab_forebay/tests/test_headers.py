from tornado.httputil import HTTPHeaders

from jupyterlab_forebay.headers import query_to_daemon, to_browser, to_daemon


def test_credentials_stay_in_jupyter():
    sent = to_daemon(
        HTTPHeaders(
            {
                "Authorization": "token secret",
                "Cookie": "_xsrf=1; username-localhost=2",
                "X-XSRFToken": "1",
                "Origin": "http://evil.example",
                "Host": "hub.example",
                "X-Forwarded-For": "10.0.0.1",
                "range": "bytes=0-9",
                "Content-Type": "application/json",
            }
        )
    )
    assert sent == {"Accept-Encoding": "identity", "Range": "bytes=0-9", "Content-Type": "application/json"}


def test_a_token_in_the_address_stays_in_jupyter_too():
    query = "token=secret&path=a%20b%2Fc.png&empty=&_xsrf=2&no_track_activity=1"
    assert query_to_daemon(query) == "path=a+b%2Fc.png&empty="


def test_the_daemon_sets_no_cookie_in_the_browser():
    answer = {"Set-Cookie": "a=b", "Content-Range": "bytes 0-9/100", "Access-Control-Allow-Origin": "*"}
    assert to_browser(answer) == {"Content-Range": "bytes 0-9/100"}
