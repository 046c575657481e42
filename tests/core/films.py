"""Films that tests make themselves, with a place and a name in all that can hold one."""

from fractions import Fraction
from io import BytesIO
from typing import Any

import av
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame
from PIL import Image

from tests.core.pictures import MARK, encoded

PLACE = "+51.5072-000.1276/"
TOLD = {
    "title": MARK.decode(),
    "artist": MARK.decode(),
    "comment": MARK.decode(),
    "copyright": MARK.decode(),
    "location": PLACE,
    "location-eng": PLACE,
    "com.apple.quicktime.location.ISO6709": PLACE,
    "com.apple.quicktime.make": MARK.decode(),
    "creation_time": "2026-11-25T10:00:00Z",
}
CODECS = {"webm": ("libvpx-vp9", "libopus"), "mp4": ("libx264", "aac")}


def film(
    kind: str = "mp4",
    *,
    size: tuple[int, int] = (160, 120),
    frames: int = 30,
    sound: bool = True,
    metadata: dict[str, str] | None = None,
    movflags: str = "",
    cover: bool = False,
    extra_streams: int = 0,
    pixels: str = "yuv420p",
    codec: str = "",
    note: bool = False,
) -> bytes:
    """A second of film at 30 frames; its upper left corner is red, so that turning it shows."""
    out = BytesIO()
    options = {"movflags": movflags} if movflags else {}
    video, audio = CODECS.get(kind, CODECS["mp4"])
    with av.open(out, "w", format=kind, options=options) as container:
        container.metadata.update(TOLD if metadata is None else metadata)
        picture = container.add_stream(codec or video, rate=30)
        picture.width, picture.height, picture.pix_fmt = *size, pixels
        picture.metadata.update(title=MARK.decode(), handler_name=MARK.decode())
        picture.options = _quick(codec or video)
        heard = _sound(container, audio) if sound else None
        others = [_sound(container, audio) for _ in range(extra_streams)]
        if cover:
            _add_cover(container)
        _encode(container, picture, size, frames, note)
        for stream in (heard, *others):
            if stream is not None:
                _hum(container, stream, frames / 30)
    return out.getvalue()


def _quick(codec: str) -> dict[str, str]:
    if codec == "libvpx-vp9":
        return {"deadline": "realtime", "cpu-used": "8"}
    return {"preset": "ultrafast"} if codec == "libx264" else {}


def _sound(container: Any, codec: str) -> Any:
    stream = container.add_stream(codec, rate=48_000)
    stream.layout = "stereo"
    return stream


def _add_cover(container: Any) -> None:
    stream = container.add_stream("mjpeg", rate=1)
    stream.width, stream.height, stream.pix_fmt = 80, 60, "yuvj420p"
    packet = av.Packet(encoded("JPEG"))
    packet.stream, packet.pts, packet.dts, packet.time_base = stream, 0, 0, Fraction(1)
    container.start_encoding()
    container.mux(packet)


def drawing(size: tuple[int, int], step: int = 0) -> Image.Image:
    image = Image.new("RGB", size, "white")
    image.paste((200, 0, 0), (0, 0, size[0] // 2, size[1] // 2))
    image.paste((0, 0, 160), (step % size[0], size[1] - 20, step % size[0] + 10, size[1]))
    return image


def _encode(
    container: Any, stream: Any, size: tuple[int, int], frames: int, note: bool = False
) -> None:
    for number in range(frames):
        frame = VideoFrame.from_image(drawing(size, number)).reformat(format=stream.pix_fmt)
        frame.pts, frame.time_base = number, Fraction(1, 30)
        container.mux([_noted(packet) if note else packet for packet in stream.encode(frame)])
    container.mux([_noted(packet) if note else packet for packet in stream.encode(None)])


def _noted(packet: Any) -> Any:
    """The packet with a note before it (SEI, unregistered user data), as some cameras write."""
    note = b"\x05" + bytes([16 + len(MARK)]) + b"G" * 16 + MARK + b"\x80"
    noted = av.Packet(b"\0\0\0\x01\x06" + note + bytes(packet))
    noted.stream, noted.time_base = packet.stream, packet.time_base
    noted.pts, noted.dts, noted.is_keyframe = packet.pts, packet.dts, packet.is_keyframe
    return noted


def _hum(container: Any, stream: Any, seconds: float) -> None:
    frame_format = stream.format.name
    size = stream.frame_size or 960
    for number in range(int(seconds * 48_000) // size):
        frame = AudioFrame(format=frame_format, layout="stereo", samples=size)
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        frame.pts, frame.sample_rate, frame.time_base = number * size, 48_000, Fraction(1, 48_000)
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def atom(kind: bytes, body: bytes) -> bytes:
    return (len(body) + 8).to_bytes(4, "big") + kind + body


def turned(data: bytes, degrees: int) -> bytes:
    """The same film with the matrix of a phone held sideways (ISO 14496-12, 8.3.2)."""
    a, b, c, d = {90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}[degrees]

    def matrix(*values: int) -> bytes:
        return b"".join((value * 0x10000).to_bytes(4, "big", signed=True) for value in values)

    at = data.index(b"tkhd") + 4 + 40
    whole = matrix(a, b) + bytes(4) + matrix(c, d) + bytes(4)
    return data[:at] + whole + data[at + 24 :]


def inspected(data: bytes) -> dict[str, Any]:
    """What an independent look at a film finds: streams, size, seconds, words told."""
    with av.open(BytesIO(data)) as container:
        video = container.streams.video[0]
        return {
            "streams": [stream.type for stream in container.streams],
            "codecs": [stream.codec_context.name for stream in container.streams],
            "size": (video.width, video.height),
            "seconds": (container.duration or 0) / av.time_base,
            "told": {**container.metadata},
            "chapters": container.chapters(),
            "first": next(container.decode(video)).to_image(),
        }


def sound_alone() -> bytes:
    out = BytesIO()
    with av.open(out, "w", format="mp4") as container:
        _hum(container, _sound(container, "aac"), 1)
    return out.getvalue()
