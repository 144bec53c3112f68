"""What the Python contenders of `inkwell bench training` share: data, timing, and lines of JSON.

Each line of stdin is a request, each reply a line of stdout that begins with `@`.
"""

import json
import sys
import time

import numpy


def read_data(folder):
    """Pixels 0 … 1 as float32 `[count, 784]`, and labels as uint8 `[count]`."""
    images = numpy.fromfile(f"{folder}/images.f32", dtype=numpy.float32).reshape(-1, 784)
    return images, numpy.fromfile(f"{folder}/labels.u8", dtype=numpy.uint8)


def batches_of(folder, workload, shape):
    """Batches of inputs `[batches, batch, *shape]` as float32, and of labels.

    Digits where the net takes them, else noise of that shape: four batches.
    """
    size = workload["batchSize"]
    images, labels = read_data(folder)
    values = int(numpy.prod(shape))
    if values == 784:
        count = len(labels) // size * size
        return images[:count].reshape(-1, size, *shape), labels[:count].reshape(-1, size)
    noise = numpy.random.default_rng(1).standard_normal((4, size, *shape), dtype=numpy.float32)
    return noise, labels[: 4 * size].reshape(4, size)


def measure(step, read_loss, ms):
    """Takes steps for that long: the time of each in ms, and the last loss."""
    times = []
    end = time.perf_counter() + ms / 1000
    while True:
        start = time.perf_counter()
        loss = step()
        now = time.perf_counter()
        times.append((now - start) * 1000)
        if now >= end:
            return {"stepMs": times, "loss": read_loss(loss)}


def serve(facts, prepare, read_loss):
    """Answers requests until stdin ends."""
    reply(facts)
    step = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if request["do"] == "prepare":
                step = None
                step = prepare(request["workload"])
                reply({"loss": read_loss(step())})
            else:
                reply(measure(step, read_loss, request["ms"]))
        except Exception as error:  # told to whoever measures: a contender that cannot is named
            reply({"error": f"{type(error).__name__}: {error}"})


def reply(message):
    print(f"@{json.dumps(message)}", flush=True)
