"""A zip of scans read by OpenCV and ONNX Runtime. Usage: opencv_scoring.py SCANS.zip MODEL.onnx OUT.csv PROCESSES"""

import csv
import multiprocessing
import sys
import time
import zipfile

import cv2
import numpy as np
import onnxruntime


def digit(data):
    """One scan as MNIST has its digits, 28x28 from 0 to 1; None if there is no ink."""
    grey = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    ink = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1] > 0
    if np.concatenate([ink[0], ink[-1], ink[:, 0], ink[:, -1]]).mean() > 0.5:
        ink = ~ink
    else:
        grey = 255 - grey
    rows, columns = np.flatnonzero(ink.any(1)), np.flatnonzero(ink.any(0))
    if not len(rows):
        return None
    box = grey[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(np.float32)
    paper, most = np.median(grey), box.max()
    box = np.clip((box - paper) / max(1.0, float(most - paper)), 0, 1)
    size = [max(1, round(side * 20 / max(box.shape))) for side in box.shape[::-1]]
    box = np.clip(cv2.resize(box, size, interpolation=cv2.INTER_AREA if max(box.shape) > 20 else cv2.INTER_CUBIC), 0, 1)
    (height, width), mass = box.shape, box.sum() or 1
    top = int(np.clip(round(13.5 - box.sum(1) @ np.arange(height) / mass), 0, 28 - height))
    left = int(np.clip(round(13.5 - box.sum(0) @ np.arange(width) / mass), 0, 28 - width))
    return np.pad(box, ((top, 28 - height - top), (left, 28 - width - left)))[..., None]


def read(path, model, first, step):
    cv2.setNumThreads(1)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    archive, rows = zipfile.ZipFile(path), []
    names = archive.namelist()[first::step]
    for start in range(0, len(names), 128):
        images = {name: digit(archive.read(name)) for name in names[start : start + 128]}
        images = {name: image for name, image in images.items() if image is not None}
        found = session.run(None, {session.get_inputs()[0].name: np.float32(list(images.values()))})[0]
        rows += [(name, int(p.argmax()), float(p.max())) for name, p in zip(images, found)]
    return rows


if __name__ == "__main__":
    scans, network, out, processes = *sys.argv[1:4], int(sys.argv[4])
    begin = time.time()
    with multiprocessing.Pool(processes) as pool:
        parts = pool.starmap(read, [(scans, network, k, processes) for k in range(processes)])
    with open(out, "w", newline="") as file:
        csv.writer(file).writerows(row for part in parts for row in part)
    print(f"{sum(map(len, parts))} scans in {time.time() - begin:.1f} s")
