#!/usr/bin/env python3
"""Records what ffmpeg sends over RTMP after the handshake, as seeds for the fuzz target `rtmp`.

Begin a server first (`livestall serve`), then: capture-rtmp.py HOST:PORT STREAM_KEY. Needs ffmpeg.
"""
import pathlib
import socket
import subprocess
import sys
import threading
import time

HANDSHAKE = 1 + 2 * 1536
SEEDS = {
    "frames.bin": "-c:v libx264 -preset ultrafast -tune zerolatency -g 10 -b:v 40k -c:a aac -b:a 16k",
    "b-frames.bin": "-c:v libx264 -preset veryfast -bf 2 -g 12 -b:v 40k -an",
    "sound.bin": "-vn -c:a aac -b:a 16k",
    "mp3.bin": "-vn -c:a libmp3lame -ar 44100 -b:a 32k",
}


def record(server, key, options):
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    inputs = "-loglevel error -f lavfi -i testsrc2=size=64x64:rate=10 -f lavfi -i sine=sample_rate=8000 -t 2"
    command = f"ffmpeg {inputs} {options} -f flv rtmp://127.0.0.1:{port}/live/{key}"
    encoder = subprocess.Popen(command.split())
    here, _ = listener.accept()
    there = socket.create_connection(server)

    def back():
        while data := there.recv(65536):
            here.sendall(data)

    threading.Thread(target=back, daemon=True).start()
    sent = b""
    try:
        while data := here.recv(65536):
            sent += data
            there.sendall(data)
    except OSError:
        pass
    encoder.wait()
    return sent[HANDSHAKE:]


def main():
    host, port = sys.argv[1].rsplit(":", 1)
    folder = pathlib.Path(__file__).parent / "rtmp"
    for name, options in SEEDS.items():
        # The handshake is done, and the bytes come in four pieces; eight kilobytes show all there is.
        time.sleep(1)
        (folder / name).write_bytes(b"\x01\x03" + record((host, int(port)), sys.argv[2], options)[:8192])


main()
