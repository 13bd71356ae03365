import asyncio
import threading

from oriel import App, IpcError, IpcErrorCode, IpcLimits, IpcMessage, ThreadChannel, current_call

from .support import LIMIT, AppTestCase, until, within


class ExposeTests(AppTestCase):
    def test_a_function_is_called_by_its_name(self):
        @self.backend.expose
        def frames(start, end):
            return list(range(start, end))

        self.assertEqual(self.host.call("frames", {"start": 1, "end": 4}), [1, 2, 3])
        self.assertEqual(frames(1, 2), [1])

    def test_a_function_is_called_by_another_name(self):
        @self.backend.expose(name="scene.render")
        def render():
            return "done"

        self.backend.expose(lambda: 5, name="five")
        self.assertEqual((self.host.call("scene.render"), self.host.call("five")), ("done", 5))

    def test_the_public_methods_of_an_object_are_exposed(self):
        class Scene:
            frame = 7

            def get(self):
                return self.frame

            @staticmethod
            def version():
                return 2

            @classmethod
            def kind(cls):
                return cls.__name__

            @property
            def costly(self):
                raise AssertionError("A property is not looked at.")

            def _hidden(self):
                pass

        self.backend.expose_object(Scene(), "scene")
        self.assertEqual([self.host.call("scene." + name) for name in ("get", "version", "kind")], [7, 2, "Scene"])
        for name in ("scene._hidden", "scene.costly", "scene.frame", "scene.__init__"):
            with self.assertRaises(IpcError) as caught:
                self.host.call(name)
            self.assertEqual(caught.exception.code, IpcErrorCode.METHOD_NOT_FOUND)

    def test_a_name_is_exposed_once(self):
        self.backend.expose(lambda: 1, name="a")
        with self.assertRaisesRegex(ValueError, "exposed already"):
            self.backend.expose(lambda: 2, name="a")
        self.assertEqual(self.host.call("a"), 1)

    def test_what_cannot_be_exposed_is_refused(self):
        for function, name, kind in (("text", None, TypeError), (lambda: 1, None, ValueError), (len, "", ValueError), (len, "x" * 257, ValueError)):
            with self.subTest(name=name), self.assertRaises(kind):
                self.backend.expose(function, name=name)
        with self.assertRaisesRegex(ValueError, "no public method"):
            self.backend.expose_object(object())

    def test_async_functions_run_concurrently(self):
        arrived = []


        async def meet():
            arrived.append(asyncio.get_event_loop().create_future())
            if len(arrived) == 2:
                for future in arrived:
                    future.set_result(None)
            await arrived[-1 if len(arrived) == 1 else 0]
            return threading.current_thread().name

        self.backend.expose(meet)
        names = []
        callers = [threading.Thread(target=lambda: names.append(self.host.call("meet"))) for _ in range(2)]
        for caller in callers:
            caller.start()
        for caller in callers:
            caller.join(LIMIT)
        self.assertEqual(names, ["oriel-asyncio"] * 2)

    def test_a_function_that_gives_a_coroutine_is_awaited(self):
        async def inner():
            return current_call().method

        self.backend.expose(lambda: inner(), name="outer")
        self.assertEqual(self.host.call("outer"), "outer")

    def test_bytes_cross_both_ways_as_the_whole_value(self):
        self.backend.expose(lambda data: data[::-1], name="reverse")
        payload = bytes(range(256)) * 4096
        self.assertEqual(self.host.call("reverse", payload), payload[::-1])

    def test_falsy_results_arrive_as_they_are(self):
        self.backend.expose(lambda value: value, name="echo")
        for value in (False, 0, "", None, [], {}):
            result = self.host.call("echo", [value])
            self.assertEqual((result, type(result)), (value, type(value)))

    def test_a_window_is_driven_by_calls_of_the_host(self):
        calls = []
        for name in ("setTitle", "setSize", "setFullscreen", "minimize", "maximize", "restore", "close"):
            self.host.expose(lambda name=name, **arguments: calls.append((name, arguments)), name="oriel.window." + name)

        window = self.backend.window
        window.set_title("x")
        window.set_size(800, 600)
        window.set_fullscreen(False)
        for command in (window.minimize, window.maximize, window.restore, window.close):
            command()
        self.assertEqual(
            calls,
            [("setTitle", {"title": "x"}), ("setSize", {"width": 800, "height": 600}), ("setFullscreen", {"enabled": False})]
            + [(name, {}) for name in ("minimize", "maximize", "restore", "close")],
        )

    def test_a_window_other_than_the_first_is_driven_by_its_number(self):
        calls = []
        for name in ("setTitle", "minimize"):
            self.host.expose(lambda name=name, **arguments: calls.append((name, arguments)), name="oriel.window." + name)

        window = self.backend.window_of(3)
        window.set_title("x")
        window.minimize()
        self.assertEqual(calls, [("setTitle", {"title": "x", "window": 3}), ("minimize", {"window": 3})])
        for number in ("3", -1, 2**31, True, None):
            with self.subTest(number=number), self.assertRaisesRegex(ValueError, "number of a window"):
                self.backend.window_of(number)


class ErrorTests(AppTestCase):
    def failure(self, method, data=None):
        with self.assertRaises(IpcError) as caught:
            self.host.call(method, data)
        return caught.exception

    def fail(self, error):
        def function():
            raise error

        self.backend.expose(function, name="fail")
        return self.failure("fail")

    def test_an_exception_gives_its_text_and_the_name_of_its_class_and_no_traceback(self):
        error = self.fail(KeyError("secret"))
        self.assertEqual((error.code, error.message, error.data), (IpcErrorCode.INTERNAL_ERROR, "'secret'", {"type": "KeyError"}))

    def test_an_exception_without_a_text_gives_the_name_of_its_class(self):
        self.assertEqual(self.fail(ZeroDivisionError()).message, "ZeroDivisionError")

    def test_an_ipc_error_crosses_as_it_is(self):
        error = self.fail(IpcError(42, "no such shot", {"shot": 5}))
        self.assertEqual((error.code, error.message, error.data), (42, "no such shot", {"shot": 5}))

    def test_an_error_whose_data_cannot_be_sent_says_so(self):
        self.assertIn("type object", self.fail(IpcError(5, "no", object())).message)

    def test_sys_exit_in_a_handler_ends_the_call_and_not_the_process(self):
        self.assertEqual(self.fail(SystemExit(3)).data, {"type": "SystemExit"})
        self.assertEqual(self.failure("nothing").code, IpcErrorCode.METHOD_NOT_FOUND)

    def test_an_error_whose_text_is_no_unicode_arrives(self):
        self.assertEqual(self.fail(ValueError("a\ud800")).message, "a\\ud800")

    def test_an_answer_that_cannot_be_sent_is_an_error_that_says_why(self):
        for value, text in ((object(), "type object"), (float("nan"), "NaN"), ({"a": b""}, "by themselves")):
            self.backend.expose(lambda value=value: value, name=text)
            error = self.failure(text)
            self.assertEqual(error.code, IpcErrorCode.INTERNAL_ERROR)
            self.assertIn(text, error.message)

    def test_an_answer_that_is_too_large_is_an_error_that_says_so(self):
        host, backend = ThreadChannel.pair(limits=IpcLimits(max_message_bytes=1000))
        with App(host) as caller, App(backend) as callee:
            callee.expose(lambda: "x" * 2000, name="large")
            with self.assertRaises(IpcError) as caught:
                caller.call("large")
        self.assertEqual(caught.exception.code, IpcErrorCode.PAYLOAD_TOO_LARGE)


class DevelopmentTests(AppTestCase):
    options = {"development": True}

    def test_an_exception_carries_its_traceback(self):
        def broken():
            return {}["missing"]

        self.backend.expose(broken)
        with self.assertRaises(IpcError) as caught:
            self.host.call("broken")
        self.assertIn('return {}["missing"]', caught.exception.data["stack"])
        self.assertEqual(caught.exception.data["type"], "KeyError")


class EventTests(AppTestCase):
    def test_events_arrive_in_order_one_at_a_time(self):
        seen, done = [], threading.Event()

        @self.backend.on("count")
        def count(data):
            seen.append(data)
            if data == 499:
                done.set()

        for number in range(500):
            self.host.emit("count", number)
        self.assertTrue(done.wait(LIMIT))
        self.assertEqual(seen, list(range(500)))

    def test_async_handlers_keep_the_order_too(self):
        seen, done = [], threading.Event()

        @self.backend.on("count")
        async def count(data):
            await asyncio.sleep(0)
            seen.append(data)
            if data == 20:
                done.set()

        for number in range(21):
            self.host.emit("count", number)
        self.assertTrue(done.wait(LIMIT))
        self.assertEqual(seen, list(range(21)))

    def test_a_handler_that_fails_does_not_keep_others_from_theirs(self):
        done = threading.Event()
        self.backend.on("e", lambda data: 1 / 0)
        self.backend.on("e", lambda data: done.set())
        with self.assertLogs("oriel", "ERROR"):
            self.host.emit("e")
            self.assertTrue(done.wait(LIMIT))

    def test_an_async_handler_that_fails_is_logged_and_the_next_event_is_handled(self):
        done = threading.Event()

        @self.backend.on("e")
        async def handle(data):
            if data:
                done.set()
            else:
                raise ValueError("first")

        with self.assertLogs("oriel", "ERROR") as log:
            self.host.emit("e", 0)
            self.host.emit("e", 1)
            self.assertTrue(done.wait(LIMIT))
        self.assertIn("ValueError: first", log.output[0])

    def test_an_async_handler_ends_with_the_app(self):
        started, ended = threading.Event(), threading.Event()

        @self.backend.on("e")
        async def handle(data):
            started.set()
            try:
                await asyncio.sleep(3600)
            finally:
                ended.set()

        self.host.emit("e")
        self.assertTrue(started.wait(LIMIT))
        self.host.close()
        self.assertTrue(ended.wait(LIMIT))

    def test_a_handler_that_was_taken_away_is_not_called(self):
        seen, done = [], threading.Event()
        first = self.backend.on("e", lambda data: seen.append(data))
        self.backend.on("e", lambda data: done.set())
        self.backend.off("e", first)
        self.host.emit("e", 1)
        self.assertTrue(done.wait(LIMIT))
        self.assertEqual(seen, [])

    def test_what_cannot_be_sent_is_refused_where_it_is_emitted(self):
        for name, data, kind in (("e", object(), TypeError), ("e", float("nan"), ValueError), ("", 1, ValueError), ("\ud800", 1, ValueError)):
            with self.assertRaises(kind):
                self.host.emit(name, data)

    def burst_and_answer(self, app, raw, count, timeout):
        # What the test does as the other side: events first, and behind them the answer of the call that a handler makes.
        in_handler, results, ended = threading.Event(), [], threading.Event()

        @app.on("e")
        def handle(data):
            if data == 0:
                in_handler.set()
                try:
                    results.append(app.call("ask", timeout=timeout))
                except IpcError as error:
                    results.append(error.code)
                ended.set()

        raw.emit("e", 0)
        self.assertTrue(in_handler.wait(LIMIT))
        request = raw.receive(LIMIT)

        def send():
            with raw.batch():
                for number in range(1, count):
                    raw.emit("e", number)
                raw.send(IpcMessage("response", "answer", request.id))

        sender = threading.Thread(target=send, daemon=True)
        sender.start()
        self.assertTrue(ended.wait(LIMIT))
        sender.join(LIMIT)
        self.assertFalse(sender.is_alive())
        return results

    def test_a_handler_that_calls_gets_its_answer_through_3000_events(self):
        app, raw = self.raw_end()
        self.assertEqual(self.burst_and_answer(app, raw, 3000, LIMIT), ["answer"])

    def test_a_call_wakes_the_reader_that_waits_for_room_for_events(self):
        app, raw = self.raw_end()
        in_handler, go, answers = threading.Event(), threading.Event(), []

        @app.on("e")
        def handle(data):
            if data == 0:
                in_handler.set()
                go.wait(LIMIT)
                answers.append(app.call("ask", timeout=LIMIT))

        def send():
            for number in range(3000):
                raw.emit("e", number)

        sender = threading.Thread(target=send, daemon=True)
        sender.start()
        self.assertTrue(in_handler.wait(LIMIT))
        until(lambda: app._events._waiting == 1)
        go.set()
        raw.send(IpcMessage("response", "answer", raw.receive(LIMIT).id))
        until(lambda: answers == ["answer"])
        sender.join(LIMIT)

    def test_events_beyond_the_overdraft_let_the_call_run_into_its_time_out(self):
        app, raw = self.raw_end()
        self.assertEqual(self.burst_and_answer(app, raw, 1024 * 16 + 1, 2.0), [IpcErrorCode.TIMEOUT])

    def test_a_batch_arrives_whole_and_in_order(self):
        seen, done = [], threading.Event()
        self.backend.on("e", lambda data: done.set() if data is None else seen.append(data))
        with self.host.batch():
            for number in range(5000):
                self.host.emit("e", number)
        self.host.emit("e")
        self.assertTrue(done.wait(LIMIT))
        self.assertEqual(seen, list(range(5000)))


class LifeTests(AppTestCase):
    def test_ready_names_what_is_exposed_and_what_can_be_read(self):
        app, raw = self.raw_end()
        app.expose(lambda: 1, name="b")
        app.expose(lambda: 1, name="a")
        threading.Thread(target=app.run, daemon=True).start()
        self.assertEqual(raw.receive(LIMIT), IpcMessage("ready", {"handlers": ["a", "b"], "wire": ["bin1"]}))

    def test_what_is_exposed_later_is_announced_again(self):
        app, raw = self.raw_end()
        threading.Thread(target=app.run, daemon=True).start()
        self.assertEqual(raw.receive(LIMIT).data["handlers"], [])
        app.expose(lambda: 1, name="late")
        self.assertEqual(raw.receive(LIMIT).data["handlers"], ["late"])

    def test_run_returns_when_the_other_side_is_gone(self):
        app, raw = self.raw_end()
        runner = threading.Thread(target=app.run, daemon=True)
        runner.start()
        raw.receive(LIMIT)
        raw.close()
        runner.join(LIMIT)
        self.assertFalse(runner.is_alive())

    def test_run_returns_when_the_app_is_closed_by_a_handler(self):
        app, raw = self.raw_end()
        app.expose(app.close, name="quit")
        runner = threading.Thread(target=app.run, daemon=True)
        runner.start()
        raw.send(IpcMessage("request", id="1", method="quit"))
        runner.join(LIMIT)
        self.assertFalse(runner.is_alive())

    def test_a_call_under_way_fails_when_the_other_side_goes(self):
        app, raw = self.raw_end()
        threading.Thread(target=lambda: (raw.receive(LIMIT), raw.close()), daemon=True).start()
        with self.assertRaises(IpcError) as caught:
            within(app.call, "never")
        self.assertEqual(caught.exception.code, IpcErrorCode.DISCONNECTED)

    def test_threads_end_with_the_app(self):
        before = set(threading.enumerate())
        host, end = ThreadChannel.pair()
        with App(host) as caller:
            with App(end) as app:
                app.expose(lambda: 1, name="sync")

                @app.expose
                async def task():
                    return 2

                app.on("e", lambda data: None)
                caller.emit("e")
                self.assertEqual((caller.call("sync"), caller.call("task")), (1, 2))
        for thread in set(threading.enumerate()) - before:
            thread.join(LIMIT)
            self.assertFalse(thread.is_alive(), thread)

    def test_without_a_channel_the_error_says_what_to_do(self):
        import os
        from unittest import mock

        with mock.patch.dict(os.environ):
            for name in [name for name in os.environ if "_IPC_" in name]:
                del os.environ[name]
            with self.assertRaisesRegex(IpcError, "ORIEL_IPC_CHANNEL"):
                App.connect()


