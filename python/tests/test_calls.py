import asyncio
import threading
import time

from oriel import App, IpcError, IpcErrorCode, IpcLimits, IpcMessage, LocalSocketChannel, LocalSocketChannelServer, ThreadChannel, current_call

from .support import LIMIT, AppTestCase, SocketTestCase, until, within


class TimeoutTests(AppTestCase):
    def test_a_call_that_is_not_answered_in_time_fails_and_is_cancelled_there(self):
        app, raw = self.raw_end()
        with self.assertRaises(IpcError) as caught:
            app.call("slow", timeout=0.05)
        self.assertEqual(caught.exception.code, IpcErrorCode.TIMEOUT)
        request, cancel = raw.receive(LIMIT), raw.receive(LIMIT)
        self.assertEqual((request.type, request.method, cancel.type, cancel.id), ("request", "slow", "cancel", request.id))

    def test_an_answer_that_comes_too_late_is_ignored(self):
        app, raw = self.raw_end()
        with self.assertRaises(IpcError):
            app.call("slow", timeout=0.01)
        request = raw.receive(LIMIT)
        raw.send(IpcMessage("response", 5, request.id))
        threading.Thread(target=lambda: (raw.receive(LIMIT), raw.send(IpcMessage("response", 6, raw.receive(LIMIT).id))), daemon=True).start()
        self.assertEqual(app.call("next"), 6)


class SlowReaderTests(SocketTestCase):
    limits = IpcLimits(max_queued_bytes=64 * 1024)

    def setUp(self):
        super().setUp()
        server = LocalSocketChannelServer("slow")
        self.addCleanup(server.close)
        channel = LocalSocketChannel.connect("slow", self.limits)
        self.raw = server.accept(LIMIT)
        self.app = App(channel)
        self.addCleanup(self.raw.close)
        self.addCleanup(self.app.close)

    def check_the_loop_runs(self):
        # The other side reads nothing, so that only this process can say whether its loop runs.
        ran = threading.Event()
        self.app._calls.loop.post(ran.set)
        self.assertTrue(ran.wait(LIMIT))

    def test_a_reader_that_is_behind_does_not_stop_the_other_coroutines(self):
        cancelled = threading.Event()

        @self.app.expose
        async def pieces():
            while True:
                yield "x" * 50_000

        @self.app.expose
        async def patient():
            try:
                await asyncio.sleep(3600)
            finally:
                cancelled.set()

        self.raw.send(IpcMessage("request", id="1", method="patient"))
        self.raw.send(IpcMessage("request", id="2", method="pieces", credit=1024))
        until(lambda: self.app._calls._sender._unfinished == 1)
        self.check_the_loop_runs()
        self.raw.send(IpcMessage("cancel", id="1"))
        self.assertTrue(cancelled.wait(LIMIT))

        self.raw.send(IpcMessage("cancel", id="2"))
        ends = {}
        while len(ends) < 2:
            message = self.raw.receive(LIMIT)
            self.assertNotIn(message.id, ends)
            if message.type != "next":
                ends[message.id] = message.error.code
        self.assertEqual(ends, {"1": IpcErrorCode.CANCELLED, "2": IpcErrorCode.CANCELLED})

    def test_answers_of_coroutines_wait_for_a_reader_without_the_loop_and_arrive_all(self):
        @self.app.expose
        async def large(number):
            return [number, "x" * 50_000]

        for number in range(100):
            self.raw.send(IpcMessage("request", [number], str(number), "large"))
        until(lambda: self.app._calls._answering > 1)
        self.check_the_loop_runs()
        answers = [self.raw.receive(LIMIT) for _ in range(100)]
        self.assertEqual(sorted(answer.data[0] for answer in answers), list(range(100)))
        until(lambda: self.app._calls._answering == 0)

    def test_a_channel_that_ends_while_coroutines_wait_to_answer_leaves_no_thread(self):
        @self.app.expose
        async def large(number):
            return "x" * 50_000

        for number in range(100):
            self.raw.send(IpcMessage("request", [number], str(number), "large"))
        until(lambda: self.app._calls._answering > 1)
        self.raw.close()
        within(self.app.run)
        until(lambda: not any(thread.name.startswith(("oriel-write", "oriel-send")) for thread in threading.enumerate()))


class CancellationTests(AppTestCase):
    def begin(self, method, credit=None, data=None):
        self.app, self.raw = self.raw_end()
        self.handler(method)
        self.raw.send(IpcMessage("request", data, "1", method, credit=credit))

    def handler(self, method):
        self.app.expose(getattr(self, method), name=method)

    def cancel(self):
        self.raw.send(IpcMessage("cancel", id="1"))

    def test_a_function_sees_that_it_is_cancelled(self):
        started = threading.Event()

        def work():
            started.set()
            current_call().wait(LIMIT)
            assert current_call().cancelled
            current_call().raise_if_cancelled()

        self.work = work
        self.begin("work")
        self.assertTrue(started.wait(LIMIT))
        self.cancel()
        answer = self.raw.receive(LIMIT)
        self.assertEqual((answer.type, answer.id, answer.error.code), ("response", "1", IpcErrorCode.CANCELLED))

    def test_a_function_that_does_not_look_is_answered_with_what_was_ready(self):
        started, go = threading.Event(), threading.Event()
        self.work = lambda: started.set() or go.wait(LIMIT)
        self.begin("work")
        self.assertTrue(started.wait(LIMIT))
        self.cancel()
        self.raw.send(IpcMessage("ping", 1))
        self.assertEqual(self.raw.receive(LIMIT).type, "pong")
        go.set()
        self.assertEqual(self.raw.receive(LIMIT).data, True)

    def test_a_coroutine_is_cancelled_where_it_awaits(self):
        started, cleaned = threading.Event(), threading.Event()

        async def work():
            started.set()
            try:
                await asyncio.sleep(3600)
            finally:
                cleaned.set()

        self.work = work
        self.begin("work")
        self.assertTrue(started.wait(LIMIT))
        self.cancel()
        self.assertEqual(self.raw.receive(LIMIT).error.code, IpcErrorCode.CANCELLED)
        self.assertTrue(cleaned.is_set())

    def test_every_call_that_is_cancelled_as_soon_as_it_is_made_is_answered(self):
        app, raw = self.raw_end()

        @app.expose
        async def work():
            await asyncio.sleep(3600)

        app.expose(lambda: work(), name="indirect")
        for number in range(200):
            raw.send(IpcMessage("request", id=str(number), method=("work", "indirect")[number % 2]))
            raw.send(IpcMessage("cancel", id=str(number)))
        answers = [raw.receive(LIMIT) for _ in range(200)]
        self.assertEqual({answer.error.code for answer in answers}, {IpcErrorCode.CANCELLED})
        self.assertEqual(len({answer.id for answer in answers}), 200)

    def check_stream(self, work, cleaned):
        self.work = work
        self.begin("work", credit=2)
        self.assertEqual([self.raw.receive(LIMIT).data for _ in range(2)], [0, 1])
        self.cancel()
        end = self.raw.receive(LIMIT)
        self.assertEqual((end.type, end.id, end.error.code), ("done", "1", IpcErrorCode.CANCELLED))
        self.assertTrue(cleaned.wait(LIMIT))

    def test_a_generator_is_closed(self):
        cleaned = threading.Event()

        def work():
            try:
                for number in range(1000):
                    yield number
            finally:
                cleaned.set()

        self.check_stream(work, cleaned)

    def test_an_asynchronous_generator_is_closed(self):
        cleaned = threading.Event()

        async def work():
            try:
                for number in range(1000):
                    yield number
            finally:
                cleaned.set()

        self.check_stream(work, cleaned)

    def test_everything_is_cancelled_when_the_other_side_goes(self):
        seen = threading.Semaphore(0)
        started = threading.Semaphore(0)

        def function():
            started.release()
            if current_call().wait(LIMIT):
                seen.release()

        async def coroutine():
            started.release()
            try:
                await asyncio.sleep(3600)
            finally:
                seen.release()

        def generator():
            started.release()
            try:
                yield 1
                yield 2
            finally:
                seen.release()

        app, raw = self.raw_end()
        for handler in (function, coroutine, generator):
            app.expose(handler)
            raw.send(IpcMessage("request", id=handler.__name__, method=handler.__name__, credit=1))
        self.assertTrue(all(started.acquire(timeout=LIMIT) for _ in range(3)))
        self.assertEqual(raw.receive(LIMIT).type, "next")
        raw.close()
        self.assertTrue(all(seen.acquire(timeout=LIMIT) for _ in range(3)))

    def test_a_call_that_waits_for_a_thread_is_cancelled_before_it_begins(self):
        raw, end = ThreadChannel.pair()
        app = App(end, workers=1)
        self.addCleanup(app.close)
        self.addCleanup(raw.close)
        go, ran = threading.Event(), []
        app.expose(lambda: go.wait(LIMIT), name="first")
        app.expose(lambda: ran.append(1), name="second")
        raw.send(IpcMessage("request", id="1", method="first"))
        raw.send(IpcMessage("request", id="2", method="second"))
        raw.send(IpcMessage("cancel", id="2"))
        raw.send(IpcMessage("ping"))
        self.assertEqual(raw.receive(LIMIT).type, "pong")
        go.set()
        answers = {answer.id: answer for answer in (raw.receive(LIMIT), raw.receive(LIMIT))}
        self.assertEqual(answers["2"].error.code, IpcErrorCode.CANCELLED)
        self.assertEqual(ran, [])

    def test_outside_of_a_call_there_is_no_current_one(self):
        with self.assertRaisesRegex(RuntimeError, "exposed"):
            current_call()


class StreamTests(AppTestCase):
    def setUp(self):
        super().setUp()

        @self.backend.expose
        def count(most):
            for number in range(most):
                yield number

        @self.backend.expose
        async def count_async(most):
            for number in range(most):
                yield number

    def test_items_arrive_in_order_with_any_credit(self):
        for method in ("count", "count_async"):
            for credit in (1, 2, 3, 32, 1024):
                self.assertEqual(list(self.host.stream(method, [300], credit=credit)), list(range(300)))

    def test_a_stream_of_nothing_is_empty(self):
        self.assertEqual(list(self.host.stream("count", [0])), [])

    def test_one_answer_is_a_stream_of_one_item(self):
        self.backend.expose(lambda: None, name="one")
        self.assertEqual(list(self.host.stream("one")), [None])

    def test_bytes_are_items_too(self):
        self.backend.expose(lambda: (bytes([number]) for number in range(3)), name="parts")
        self.assertEqual(list(self.host.stream("parts")), [b"\0", b"\1", b"\2"])

    def test_no_more_items_are_made_than_the_caller_allows(self):
        made = []

        def numbers():
            for number in range(100):
                made.append(number)
                yield number

        app, raw = self.raw_end()
        app.expose(numbers)
        raw.send(IpcMessage("request", id="1", method="numbers", credit=3))
        for _ in range(3):
            raw.receive(LIMIT)
        raw.send(IpcMessage("credit", 2, "1"))
        for _ in range(2):
            raw.receive(LIMIT)
        self.assertEqual(made, [0, 1, 2, 3, 4])

    def test_streams_whose_callers_are_behind_hold_no_threads(self):
        app, raw = self.raw_end()
        app.expose(lambda: iter_forever(), name="forever")
        app.expose(lambda: "here", name="call")
        for id in range(50):
            raw.send(IpcMessage("request", id="s%d" % id, method="forever", credit=1))
        for _ in range(50):
            raw.receive(LIMIT)
        raw.send(IpcMessage("request", id="c", method="call"))
        self.assertEqual(raw.receive(LIMIT).data, "here")

    def test_an_error_in_a_stream_comes_after_the_items_before_it(self):
        @self.backend.expose
        def broken():
            yield 1
            raise ValueError("no more")

        seen = []
        with self.assertRaisesRegex(IpcError, "no more"):
            for item in self.host.stream("broken"):
                seen.append(item)
        self.assertEqual(seen, [1])

    def test_an_item_that_cannot_be_sent_ends_the_stream_and_closes_the_generator(self):
        closed = threading.Event()

        def bad():
            try:
                yield object()
            finally:
                closed.set()

        self.backend.expose(bad)
        with self.assertRaisesRegex(IpcError, "type object"):
            list(self.host.stream("bad"))
        self.assertTrue(closed.wait(LIMIT))

    def test_leaving_the_loop_ends_the_stream_there(self):
        closed = threading.Event()

        def numbers():
            try:
                while True:
                    yield 1
            finally:
                closed.set()

        self.backend.expose(numbers)
        stream = self.host.stream("numbers", credit=4)
        next(stream)
        stream.close()
        self.assertTrue(closed.wait(LIMIT))

    def test_a_generator_called_for_one_answer_is_refused(self):
        for method in ("count", "count_async"):
            with self.assertRaisesRegex(IpcError, "call it as one") as refusal:
                self.host.call(method, [3])

            # Nothing of it has run, so the caller may call it again, for a stream.
            self.assertEqual(refusal.exception.data, {"stream": True})

    def test_a_function_that_gives_a_generator_does_not_say_that_nothing_has_run(self):
        self.backend.expose(lambda: (number for number in range(3)), name="wrapped")

        with self.assertRaisesRegex(IpcError, "call it as one") as refusal:
            self.host.call("wrapped")

        self.assertIsNone(refusal.exception.data)

    def test_a_peer_that_sends_more_than_it_may_is_cut_off(self):
        app, raw = self.raw_end()
        cancelled = threading.Event()

        def flood():
            request = raw.receive(LIMIT)
            for number in range(10):
                raw.send(IpcMessage("next", number, request.id))
            if raw.receive(LIMIT).type == "cancel":
                cancelled.set()

        threading.Thread(target=flood, daemon=True).start()
        with self.assertRaisesRegex(IpcError, "more items"):
            within(list, app.stream("x", credit=4))
        self.assertTrue(cancelled.wait(LIMIT))

    def test_the_last_report_of_a_call_may_come_beyond_the_credit(self):
        app, raw = self.raw_end()

        def work():
            request = raw.receive(LIMIT)
            for number in (1, 99):
                raw.send(IpcMessage("next", number, request.id))
            raw.send(IpcMessage("response", "done", request.id))

        threading.Thread(target=work, daemon=True).start()

        self.assertEqual([1, 99, "done"], within(list, app.stream("x", credit=1)))

    def test_credit_is_checked(self):
        for credit in (0, 1025):
            with self.assertRaises(ValueError):
                self.host.stream("count", [1], credit=credit)


def iter_forever():
    while True:
        yield 1


class BoundsTests(AppTestCase):
    limits = IpcLimits(max_requests_in_flight=3)

    def test_more_requests_than_the_limit_are_answered_with_busy(self):
        app, raw = self.raw_end()
        go = threading.Event()
        app.expose(lambda: go.wait(LIMIT), name="wait")
        for id in range(4):
            raw.send(IpcMessage("request", id=str(id), method="wait"))
        busy = raw.receive(LIMIT)
        self.assertEqual((busy.id, busy.error.code), ("3", IpcErrorCode.BUSY))
        go.set()
        self.assertEqual(sorted(raw.receive(LIMIT).id for _ in range(3)), ["0", "1", "2"])

    def test_an_id_under_way_is_refused_and_the_first_call_lives_on(self):
        app, raw = self.raw_end()
        go = threading.Event()
        app.expose(lambda: go.wait(LIMIT), name="wait")
        raw.send(IpcMessage("request", id="1", method="wait"))
        raw.send(IpcMessage("request", id="1", method="wait"))
        self.assertEqual(raw.receive(LIMIT).error.code, IpcErrorCode.INVALID_REQUEST)
        go.set()
        self.assertEqual(raw.receive(LIMIT).data, True)

    def test_what_nobody_asked_for_is_ignored(self):
        app, raw = self.raw_end()
        for message in (
            IpcMessage("response", 1, "99"),
            IpcMessage("next", 1, "99"),
            IpcMessage("done", id="99"),
            IpcMessage("cancel", id="99"),
            IpcMessage("credit", 5, "99"),
            IpcMessage("credit", "many", "99"),
            IpcMessage("pong", 1),
            IpcMessage("data", 1),
            IpcMessage("from-the-future", 1),
            IpcMessage("event", 1, event="unheard"),
        ):
            raw.send(message)
        raw.send(IpcMessage("ping", {"n": 0}, "p"))
        self.assertEqual(raw.receive(LIMIT), IpcMessage("pong", {"n": 0}, "p"))

    def test_a_peer_that_could_not_read_us_is_logged_and_not_answered(self):
        app, raw = self.raw_end()
        with self.assertLogs("oriel", "WARNING") as log:
            raw.send(IpcMessage("response", error=IpcError(-32700, "you wrote nonsense")))
            raw.send(IpcMessage("ping"))
            self.assertEqual(raw.receive(LIMIT).type, "pong")
        self.assertIn("you wrote nonsense", log.output[0])

    def test_a_response_that_cannot_be_read_fails_its_call_at_once(self):
        app, raw = self.raw_end()

        def answer():
            request = raw.receive(LIMIT)
            raw._send_bytes(b'{"type":"response","id":"%s","error":"bad"}\n' % request.id.encode())

        threading.Thread(target=answer, daemon=True).start()
        with self.assertLogs("oriel", "WARNING"), self.assertRaises(IpcError) as caught:
            within(app.call, "x")
        self.assertEqual(caught.exception.code, IpcErrorCode.INVALID_REQUEST)

    def test_a_thousand_calls_from_eight_threads_get_their_own_answers(self):
        host, end = ThreadChannel.pair()
        with App(host) as caller, App(end) as app:
            app.expose(lambda value: value, name="echo")
            wrong = []

            def call(thread):
                for number in range(125):
                    value = [thread, number]
                    if caller.call("echo", {"value": value}) != value:
                        wrong.append(value)

            threads = [threading.Thread(target=call, args=(thread,)) for thread in range(8)]
            start = time.monotonic()
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(max(0.0, start + LIMIT - time.monotonic()))
            self.assertFalse(any(thread.is_alive() for thread in threads))
            self.assertEqual(wrong, [])
