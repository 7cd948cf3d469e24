"""An SMTP server that takes everything and keeps nothing: a process for each connection.

Prints its port, then serves until it is terminated. ``--pipelining`` offers RFC 2920.
"""

import os
import signal
import socket
import sys

REPLIES = {
    b"MAIL": b"250 2.1.0 Ok\r\n",
    b"RCPT": b"250 2.1.5 Ok\r\n",
    b"DATA": b"354 End data with <CR><LF>.<CR><LF>\r\n",
    b"RSET": b"250 2.0.0 Ok\r\n",
    b"NOOP": b"250 2.0.0 Ok\r\n",
    b"QUIT": b"221 2.0.0 Bye\r\n",
}
TAKEN = b"250 2.0.0 Ok: queued as 4Vx5k0z1YgzJ\r\n"
END = b"\r\n.\r\n"


def main():
    hello = b"250-sink\r\n250-SIZE 52428800\r\n"
    if "--pipelining" in sys.argv:
        hello += b"250-PIPELINING\r\n"
    hello += b"250-8BITMIME\r\n250 ENHANCEDSTATUSCODES\r\n"
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    listening = socket.create_server(("127.0.0.1", 0))
    print(listening.getsockname()[1], flush=True)
    while True:
        connection, _peer = listening.accept()
        if os.fork() == 0:
            listening.close()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            serve(connection, REPLIES | {b"EHLO": hello})
            os._exit(0)
        connection.close()


def serve(connection, replies):
    connection.sendall(b"220 sink ESMTP\r\n")
    read, in_data = b"", False
    while data := connection.recv(1 << 18):
        read += data
        answers = []
        while True:
            end = read.find(END if in_data else b"\r\n")
            if end < 0:
                break
            if in_data:
                read, in_data = read[end + 5 :], False
                answers.append(TAKEN)
                continue
            verb, read = read[:4].upper(), read[end + 2 :]
            in_data = verb == b"DATA"
            answers.append(replies.get(verb, b"502 5.5.2 No\r\n"))
        if answers:
            connection.sendall(b"".join(answers))


if __name__ == "__main__":
    main()
