import threading
import unittest

from oriel import IpcError, IpcErrorCode, IpcMessage, ThreadChannel

from .support import LIMIT, until, within


class ThreadChannelTests(unittest.TestCase):
    def setUp(self):
        self.left, self.right = ThreadChannel.pair("test", capacity=1000)
        self.addCleanup(self.left.close)

    def test_messages_cross_both_ways_bytes_included(self):
        self.left.emit("a", {"x": (1, 2)})
        self.right.emit("b", b"\n\x00")
        self.assertEqual(self.right.receive(LIMIT).data, {"x": [1, 2]})
        self.assertEqual(self.left.receive(LIMIT).data, b"\n\x00")

    def test_no_two_threads_share_an_object(self):
        data = [1]
        self.left.emit("a", data)
        data.append(2)
        self.assertEqual(self.right.receive(LIMIT).data, [1])

    def test_a_time_out_works(self):
        self.assertIsNone(within(self.left.receive, 0.02))

    def test_who_sends_more_than_fits_waits_until_it_is_read(self):
        sent = []

        def send():
            for number in range(20):
                self.left.emit("a", "x" * 200)
                sent.append(number)

        sender = threading.Thread(target=send, daemon=True)
        sender.start()
        until(lambda: len(sent) >= 3)
        self.assertFalse(self.left.wait_for_drain(0.05))
        self.assertLess(len(sent), 6)
        for _ in range(20):
            self.right.receive(LIMIT)
        sender.join(LIMIT)
        self.assertEqual(len(sent), 20)

    def test_a_message_larger_than_the_capacity_crosses(self):
        self.left.emit("a", "x" * 5000)
        self.assertEqual(len(self.right.receive(LIMIT).data), 5000)

    def test_the_end_of_one_is_the_end_of_the_other_after_what_was_sent(self):
        self.left.emit("last")
        self.left.close()
        self.assertEqual(self.right.receive(LIMIT).event, "last")
        with self.assertRaises(IpcError) as caught:
            self.right.receive(LIMIT)
        self.assertEqual(caught.exception.code, IpcErrorCode.DISCONNECTED)

    def test_on_message_delivers_in_order_and_says_when_it_ends(self):
        seen, ended = [], threading.Event()
        self.right.on_message(lambda message: seen.append(message.data), ended.set)
        for number in range(100):
            self.left.send_json(number)
        self.left.close()
        self.assertTrue(ended.wait(LIMIT))
        self.assertEqual(seen, list(range(100)))

    def test_a_handler_that_fails_does_not_end_the_reading(self):
        seen = threading.Event()
        self.right.on_message(lambda message: seen.set() if message.data else 1 / 0)
        with self.assertLogs("oriel", "ERROR"):
            self.left.send(IpcMessage("data", 0))
            self.left.send(IpcMessage("data", 1))
            self.assertTrue(seen.wait(LIMIT))
