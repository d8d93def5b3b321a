"""The same network reading the test split over and over in Keras. Usage: keras_inference.py MNIST_DIR IMAGES (raw IDX files)."""

import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np
from keras import layers

directory, wanted = sys.argv[1], int(sys.argv[2])
data = np.fromfile(f"{directory}/t10k-images-idx3-ubyte", np.uint8)[16:]
digits = data.reshape(-1, 28, 28, 1).astype("float32") / 255
x = np.concatenate([digits] * -(-wanted // len(digits)))
keras.utils.set_random_seed(1)
model = keras.Sequential(
    [
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 3, activation="relu"),
        layers.Conv2D(64, 3, activation="relu"),
        layers.MaxPooling2D(2),
        layers.Dropout(0.25),
        layers.Flatten(),
        layers.Dense(128, activation="relu"),
        layers.Dropout(0.5),
        layers.Dense(10, activation="softmax"),
    ]
)
for batch in (128, 512, 2048):
    model.predict(digits, batch_size=batch, verbose=0)
    start = time.time()
    model.predict(x, batch_size=batch, verbose=0)
    print(f"batch {batch} images/s {len(x) / (time.time() - start):.0f}", flush=True)
