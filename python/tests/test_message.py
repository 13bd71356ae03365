import unittest

from oriel import IpcError, IpcErrorCode, IpcLimits, IpcMessage, MessageRefused

from .support import shared_cases


def read(text):
    return IpcMessage.from_json(text if isinstance(text, bytes) else text.encode("utf-8"))


class MessageTests(unittest.TestCase):
    def test_a_message_survives_its_way(self):
        message = IpcMessage("request", {"a": [1, "ü", None]}, "7", "frames", credit=3)
        self.assertEqual(read(message.to_json()), message)

    def test_falsy_data_arrives_as_it_is(self):
        for data in (False, 0, "", None, [], {}, 0.0):
            arrived = read(IpcMessage("event", data, event="e").to_json()).data
            self.assertEqual((arrived, type(arrived)), (data, type(data)))

    def test_data_that_is_missing_is_none(self):
        self.assertIsNone(read('{"type":"event","event":"e"}').data)

    def test_an_error_crosses_with_code_message_and_data(self):
        error = read(IpcMessage("response", id="1", error=IpcError(-1, "no", {"x": 0})).to_json()).error
        self.assertEqual((error.code, error.message, error.data), (-1, "no", {"x": 0}))

    def test_a_known_code_is_named(self):
        error = read('{"type":"response","id":"1","error":{"code":-32601,"message":"m"}}').error
        self.assertIs(error.code, IpcErrorCode.METHOD_NOT_FOUND)

    def test_unknown_members_are_kept(self):
        message = read('{"type":"event","event":"e","data":1,"trace":{"id":5}}')
        self.assertEqual(message.extra, {"trace": {"id": 5}})
        self.assertEqual(read(message.to_json()), message)

    def test_an_unknown_type_is_read(self):
        self.assertEqual(read('{"type":"later"}').type, "later")

    def test_white_space_around_a_message_is_no_matter(self):
        self.assertEqual(read(' {"type" : "pong"}\r').type, "pong")

    def test_what_is_no_message_is_refused(self):
        deep = "[" * 100000 + "]" * 100000
        for code, text in (
            (IpcErrorCode.PARSE_ERROR, "{"),
            (IpcErrorCode.PARSE_ERROR, "hello"),
            (IpcErrorCode.PARSE_ERROR, '{"type":"pong"} {}'),
            (IpcErrorCode.PARSE_ERROR, '{"type":"event","event":"e","data":NaN}'),
            (IpcErrorCode.PARSE_ERROR, '{"type":"event","event":"e","data":-Infinity}'),
            (IpcErrorCode.PARSE_ERROR, b'{"type":"event","event":"\xff"}'),
            (IpcErrorCode.PARSE_ERROR, '{"type":"event","event":"e","data":' + deep + "}"),
            (IpcErrorCode.PARSE_ERROR, '{"type":"event","event":"e","data":' + deep),
            (IpcErrorCode.PARSE_ERROR, '{"type":"event","event":"e","data":' + "9" * 5000 + "}"),
            (IpcErrorCode.INVALID_REQUEST, "[]"),
            (IpcErrorCode.INVALID_REQUEST, "null"),
            (IpcErrorCode.INVALID_REQUEST, "{}"),
            (IpcErrorCode.INVALID_REQUEST, '{"type":5}'),
            (IpcErrorCode.INVALID_REQUEST, '{"type":"request","id":"1"}'),
            (IpcErrorCode.INVALID_REQUEST, '{"type":"request","method":"m"}'),
            (IpcErrorCode.INVALID_REQUEST, '{"type":"request","id":1,"method":"m"}'),
            (IpcErrorCode.INVALID_REQUEST, '{"type":"request","id":"","method":"m"}'),
            (IpcErrorCode.INVALID_REQUEST, '{"type":"request","id":"%s","method":"m"}' % ("x" * 129)),
            (IpcErrorCode.INVALID_REQUEST, '{"type":"request","id":"1","method":"%s"}' % ("x" * 257)),
            (IpcErrorCode.PARSE_ERROR, '{"type":"request","id":"1","method":"\\ud800"}'),
            (IpcErrorCode.INVALID_REQUEST, '{"type":"request","id":"1","method":"m","credit":0}'),
            (IpcErrorCode.INVALID_REQUEST, '{"type":"request","id":"1","method":"m","credit":1025}'),
            (IpcErrorCode.INVALID_REQUEST, '{"type":"request","id":"1","method":"m","credit":true}'),
            (IpcErrorCode.INVALID_REQUEST, '{"type":"event"}'),
            (IpcErrorCode.INVALID_REQUEST, '{"type":"response","id":"1","error":"bad"}'),
            (IpcErrorCode.INVALID_REQUEST, '{"type":"response","id":"1","error":{"code":"x"}}'),
        ):
            with self.subTest(text=text[:60]):
                with self.assertRaises(MessageRefused) as caught:
                    read(text)
                self.assertEqual(caught.exception.error.code, code)

    def test_an_envelope_means_the_same_in_every_language(self):
        for case in shared_cases("envelopes.json"):
            with self.subTest(line=case["line"][:100]):
                try:
                    read(case["line"])
                    code = None
                except MessageRefused as refused:
                    code = refused.error.code
                self.assertEqual(code, case.get("code"))

    def test_a_member_that_stands_twice_is_refused(self):
        for text in (
            '{"type":"event","type":"pong","event":"e"}',
            '{"type":"event","event":"e","data":1,"data":2}',
            '{"type":"event","event":"e","dat\\u0061":1,"data":2}',
            '{"type":"event","type" :"pong","event":"e"}',
            '{"type":"event","event":"e","x":1,"type":"pong","data":{"type":1}}',
        ):
            with self.subTest(text=text):
                with self.assertRaisesRegex(MessageRefused, "twice"):
                    read(text)

    def test_names_of_members_inside_of_data_are_data(self):
        message = read('{"type":"event","event":"e","data":{"type":"type","data":"\\u0022data\\u0022:","id":"\\"id\\":"}}')
        self.assertEqual(message.data, {"type": "type", "data": '"data":', "id": '"id":'})

    def test_nesting_is_accepted_up_to_the_limit(self):
        limit = IpcLimits().max_depth
        levels = limit - 1
        read('{"type":"event","event":"e","data":' + "[" * levels + "]" * levels + "}")
        with self.assertRaisesRegex(MessageRefused, "deeper"):
            read('{"type":"event","event":"e","data":' + "[" * limit + "]" * limit + "}")

    def test_brackets_in_texts_do_not_nest(self):
        text = "[" * 500 + '\\"' + "{" * 500
        self.assertEqual(read('{"type":"data","data":"' + text + '"}').data, "[" * 500 + '"' + "{" * 500)

    def test_a_refused_request_is_answered_under_its_id_and_nothing_else_is(self):
        for text, id in (
            ('{"type":"request","id":"8","method":5}', "8"),
            ('{"type":"request","id":"9","method":"m","data":', "9"),
            ('{"type":"response","id":"8","error":1}', None),
            ('{"type":"event","id":"8"}', None),
        ):
            with self.assertRaises(MessageRefused) as caught:
                read(text)
            self.assertEqual(caught.exception.answer().id, id)
