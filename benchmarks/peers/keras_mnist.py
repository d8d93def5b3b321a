"""The same network, optimizer and batches in Keras. Usage: keras_mnist.py MNIST_DIR EPOCHS (raw IDX files)."""

import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np
from keras import layers

directory, epochs = sys.argv[1], int(sys.argv[2])


def images(name):
    data = np.fromfile(f"{directory}/{name}-images-idx3-ubyte", np.uint8)[16:]
    return data.reshape(-1, 28, 28, 1).astype("float32") / 255


def labels(name):
    return np.eye(10, dtype="float32")[np.fromfile(f"{directory}/{name}-labels-idx1-ubyte", np.uint8)[8:]]


x, y, test_x, test_y = images("train"), labels("train"), images("t10k"), labels("t10k")
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
model.compile(
    loss="categorical_crossentropy",
    optimizer=keras.optimizers.Adadelta(learning_rate=1.0, rho=0.95, epsilon=1e-6),
    metrics=["accuracy"],
)
for epoch in range(1, epochs + 1):
    start = time.time()
    model.fit(x, y, batch_size=128, epochs=1, verbose=0)
    rate = len(x) / (time.time() - start)
    accuracy = model.evaluate(test_x, test_y, batch_size=500, verbose=0)[1]
    print(f"epoch {epoch} images/s {rate:.0f} accuracy {accuracy:.4f}", flush=True)
