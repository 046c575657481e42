"""The child process that draws a film anew: frames and sound come out, nothing else.

    python -m benchside.core.film_redraw SOURCE FOLDER LIMITS

writes `film.mp4` and `poster.jpg` into FOLDER and one line of JSON to the standard output:
{"seconds", "width", "height", "has_sound"}, or {"refused": code} with a code of
`core.film.REMEDIES`.

It runs by itself because decoders are large programs fed by strangers: it gets no secrets, a
bounded share of memory and time, and can fall over without taking the worker with it. The
container format is named, never guessed, so that no play list or reference leads to another file
or computer. Whatever is not a frame of the one picture or a sample of the one sound (place, names,
chapters, subtitles, time codes, attachments, notes inside the streams) is never written.
"""

import json
import resource
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.audio.frame import AudioFrame
from av.filter import Graph
from av.stream import Disposition
from av.video.frame import VideoFrame

RATE = 30  # frames a second at most
SAMPLES = 48_000
MEMORY = 3 * 1024**3  # bytes of address space, threads and frames of a 4K film included
BROKEN_PART = 0.02  # of the frames; phones lose one now and then
MISSING_PART = 0.1  # of the length that was declared
POSTER_AT = 0.1  # of the length: past the moment when the phone is still being lifted
FORMATS = {"mov": "mov", "matroska": "matroska"}
TURNS = {90: "transpose=cclock", 180: "hflip,vflip", 270: "transpose=clock"}
Graphs = tuple[Graph, Any, Any]


class NotTaken(Exception):  # noqa: N818 - reads as what happened
    """Why there is no film. `code` is a key of `core.film.REMEDIES`."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` of film, `pixels` of one frame coming in, `longest` side going out, `streams`,
    and `work`: seconds of processor time."""

    seconds: int
    pixels: int
    longest: int
    streams: int
    work: int


@dataclass(frozen=True, slots=True)
class Redrawn:
    seconds: float
    width: int
    height: int
    has_sound: bool


def redraw(source: Path, folder: Path, limits: Limits) -> Redrawn:
    """Draw `source` anew into `folder`. Raises NotTaken."""
    with _opened(source) as looked_at:
        first = _first_frame(_chosen_picture(looked_at, limits), looked_at, limits)
    with _opened(source) as incoming:
        return _Redrawing(incoming, first, folder, limits).run()


def _opened(source: Path) -> Any:
    try:
        return av.open(
            str(source),
            format=_format_of(source),
            options={"protocol_whitelist": "file"},
            metadata_errors="ignore",
        )
    except NotTaken:
        raise
    except Exception as error:  # a demuxer may raise anything on hostile bytes
        raise NotTaken("broken") from error


def _format_of(source: Path) -> str:
    with source.open("rb") as file:
        head = file.read(16)
    if head.startswith(b"\x1aE\xdf\xa3"):
        return FORMATS["matroska"]
    if head[4:8] in {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"}:
        return FORMATS["mov"]
    raise NotTaken("unknown")


def _chosen_picture(incoming: Any, limits: Limits) -> Any:
    """The one moving picture of a container, the pictures of a sleeve left out."""
    if len(incoming.streams) > limits.streams:
        raise NotTaken("too_many_streams")
    pictures = [
        stream
        for stream in incoming.streams.video
        if not stream.disposition & Disposition.attached_pic
    ]
    if not pictures:
        raise NotTaken("no_film")
    if pictures[0].width * pictures[0].height > limits.pixels:
        raise NotTaken("too_many_pixels")
    if _declared_seconds(incoming) > limits.seconds:
        raise NotTaken("too_long")
    pictures[0].thread_type = "AUTO"
    return pictures[0]


def _declared_seconds(incoming: Any) -> float:
    return (incoming.duration or 0) / av.time_base


def _first_frame(picture: Any, incoming: Any, limits: Limits) -> VideoFrame:
    """Decides size and turn, before anything is written."""
    try:
        first = next(incoming.decode(picture))
    except Exception as error:
        raise NotTaken("broken") from error
    if first.width * first.height > limits.pixels:
        raise NotTaken("too_many_pixels")
    if _time_of(first) is None:
        raise NotTaken("broken")
    return first


def _time_of(frame: VideoFrame | AudioFrame) -> float | None:
    """Seconds on the film's own clock, or None for a frame that does not say."""
    if frame.pts is None or frame.time_base is None:
        return None
    return float(frame.pts * frame.time_base)


class _Redrawing:
    """One film on its way from the old container to the new one."""

    def __init__(self, incoming: Any, first: VideoFrame, folder: Path, limits: Limits) -> None:
        self.incoming, self.folder, self.limits = incoming, folder, limits
        self.picture = _chosen_picture(incoming, limits)
        self.sound = next(iter(incoming.streams.audio), None)
        self.declared = _declared_seconds(incoming)
        self.rate = max(Fraction(1), min(self.picture.average_rate or RATE, Fraction(RATE)))
        self.origin = _time_of(first) or 0.0
        self.size = (first.width, first.height)
        self.turn = int(first.rotation) % 360
        self.frames = self.broken = self.sent = 0
        self.last = 0.0
        self.drawing = self._make_drawing(first)
        self.hearing: Graphs | None = None

    def run(self) -> Redrawn:
        target = self.folder / "film.mp4"
        options = {"movflags": "+faststart", "fflags": "+bitexact"}
        with av.open(str(target), "w", format="mp4", options=options) as outgoing:
            self.outgoing = outgoing
            self.out_picture = self._add_picture()
            self.out_sound = self._add_sound()
            for frame in self._decoded():
                self._take(frame)
            self._finish()
        return self._checked()

    # --- in -----------------------------------------------------------------------------------
    def _decoded(self) -> Iterator[VideoFrame | AudioFrame]:
        streams = [stream for stream in (self.picture, self.sound) if stream]
        try:
            for packet in self.incoming.demux(*streams):
                yield from packet.decode()
        except (NotTaken, MemoryError):
            raise
        except Exception as error:
            raise NotTaken("broken") from error

    def _take(self, frame: VideoFrame | AudioFrame) -> None:
        if (told := _time_of(frame)) is None:
            return
        at = told - self.origin
        if at > self.limits.seconds or at < -self.limits.seconds:
            raise NotTaken("too_long")
        if at < 0:
            return  # sound from before the first picture, or the other way about
        if isinstance(frame, VideoFrame):
            self._take_picture(frame, at)
        elif self.out_sound:
            self._take_sound(frame, at)

    def _take_picture(self, frame: VideoFrame, at: float) -> None:
        if (frame.width, frame.height) != self.size:
            raise NotTaken("broken")
        self.frames += 1
        self.broken += bool(frame.is_corrupt)
        self.last = max(self.last, at)
        frame.pts, frame.time_base = round(at * 90_000), Fraction(1, 90_000)
        _, entry, way_out = self.drawing
        entry.push(frame)
        self._draw_from(way_out)

    def _take_sound(self, frame: AudioFrame, at: float) -> None:
        if self.hearing is None:
            self.hearing = self._make_hearing(frame)
        frame.pts, frame.time_base = round(at * frame.sample_rate), Fraction(1, frame.sample_rate)
        _, entry, way_out = self.hearing
        try:
            entry.push(frame)
        except ValueError as error:  # another rate or layout than before
            raise NotTaken("broken") from error
        self._hear_from(way_out)

    # --- between ------------------------------------------------------------------------------
    def _make_drawing(self, frame: VideoFrame) -> Graphs:
        """Upright, square pixels, at most `longest` a side, at an even rate, eight bits."""
        width, height = self._size_out()
        steps = [
            "sidedata=mode=delete",  # captions, time codes and notes hang on frames
            f"scale={width}:{height}:out_color_matrix=bt709:out_range=tv",
            "setsar=1",
            "format=yuv420p",
            "setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv",
            f"fps={self.rate}",
        ]
        if turn := TURNS.get(self.turn):
            steps.append(turn)
        graph = Graph()
        entry = graph.add_buffer(
            width=frame.width, height=frame.height, format=frame.format,
            time_base=Fraction(1, 90_000),
        )  # fmt: skip
        return graph, entry, _chained(graph, entry, ",".join(steps), "buffersink")

    def _size_out(self) -> tuple[int, int]:
        """Before it is turned."""
        shape = self.picture.sample_aspect_ratio or Fraction(1)
        if not Fraction(1, 4) < shape < 4:
            shape = Fraction(1)
        width, height = float(self.size[0] * shape), float(self.size[1])
        scale = min(1.0, self.limits.longest / max(width, height))
        return max(2, int(width * scale) // 2 * 2), max(2, int(height * scale) // 2 * 2)

    def _make_hearing(self, frame: AudioFrame) -> Graphs:
        """Stereo at one rate; gaps become silence, so that sound stays with the picture."""
        graph = Graph()
        entry = graph.add_abuffer(
            sample_rate=frame.sample_rate, format=frame.format.name, layout=frame.layout.name,
            time_base=Fraction(1, frame.sample_rate),
        )  # fmt: skip
        steps = (
            f"aresample={SAMPLES}:async=1:first_pts=0,"
            f"aformat=sample_fmts=fltp:sample_rates={SAMPLES}:channel_layouts=stereo,"
            "asetnsamples=n=1024:p=0"
        )
        return graph, entry, _chained(graph, entry, steps, "abuffersink")

    # --- out ----------------------------------------------------------------------------------
    def _add_picture(self) -> Any:
        width, height = self._size_out()
        if self.turn in {90, 270}:
            width, height = height, width
        stream = self.outgoing.add_stream("libx264", rate=self.rate)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.options = {"preset": "superfast", "crf": "23", "profile": "high", "a53cc": "0"}
        return stream

    def _add_sound(self) -> Any:
        if self.sound is None:
            return None
        stream = self.outgoing.add_stream("aac", rate=SAMPLES)
        stream.layout, stream.bit_rate = "stereo", 128_000
        return stream

    def _draw_from(self, way_out: Any) -> None:
        for frame in _pulled(way_out):
            if self.sent > self.limits.seconds * RATE + RATE:
                raise NotTaken("too_long")
            frame.pts, frame.time_base = self.sent, 1 / self.rate
            self._keep_poster(frame)
            self.sent += 1
            self.outgoing.mux(self.out_picture.encode(frame))

    def _keep_poster(self, frame: VideoFrame) -> None:
        wanted = int(self.declared * POSTER_AT * float(self.rate))
        if self.sent <= wanted and (self.sent == 0 or self.sent == wanted):
            frame.to_image().save(self.folder / "poster.jpg", quality=92)

    def _hear_from(self, way_out: Any) -> None:
        for frame in _pulled(way_out):
            self.outgoing.mux(self.out_sound.encode(frame))

    def _finish(self) -> None:
        self.drawing[1].push(None)
        self._draw_from(self.drawing[2])
        self.outgoing.mux(self.out_picture.encode(None))
        if self.hearing:
            self.hearing[1].push(None)
            self._hear_from(self.hearing[2])
        if self.out_sound:
            self.outgoing.mux(self.out_sound.encode(None))

    def _checked(self) -> Redrawn:
        """Sound enough to show: nearly all of what was declared, and few frames broken."""
        declared = float((self.picture.duration or 0) * self.picture.time_base) or self.declared
        is_short = declared - self.last > max(0.5, declared * MISSING_PART)
        if is_short or self.broken > max(1, self.frames * BROKEN_PART):
            raise NotTaken("broken")
        stream = self.out_picture
        seconds = self.sent / float(self.rate)
        return Redrawn(round(seconds, 2), stream.width, stream.height, self.hearing is not None)


def _chained(graph: Graph, entry: Any, steps: str, sink: str) -> Any:
    before = entry
    for step in steps.split(","):
        name, _, arguments = step.partition("=")
        here = graph.add(name, arguments or None)
        before.link_to(here)
        before = here
    way_out = graph.add(sink)
    before.link_to(way_out)
    graph.configure()
    return way_out


def _pulled(way_out: Any) -> Iterator[Any]:
    while True:
        try:
            yield way_out.pull()
        except (av.BlockingIOError, av.EOFError):
            return


def _bound(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.work, limits.work + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(source: str, folder: str, limits: str) -> None:
    av.logging.set_level(None)
    bounds = Limits(**json.loads(limits))
    _bound(bounds)
    try:
        done = redraw(Path(source), Path(folder), bounds)
    except NotTaken as refused:
        answer: dict[str, Any] = {"refused": refused.code}
    else:
        answer = {name: getattr(done, name) for name in Redrawn.__slots__}
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
