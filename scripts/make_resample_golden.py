#!/usr/bin/env python3
"""Makes tests/golden/resample/skimage.txt and pillow.txt: images and what scikit-image and Pillow
make of them.

Inputs:  none; needs NumPy, scikit-image 0.19 and Pillow (Debian 12: python3-skimage, python3-pil).
Outputs: the two files, in the folder named.
Example: /usr/bin/python3 scripts/make_resample_golden.py tests/golden/resample
"""

import pathlib
import sys

import numpy
import PIL.Image
import skimage
import skimage.transform


def resize_019(image, height, width):
    return skimage.transform.resize(image, (height, width) + image.shape[2:], order=1)


def resize_014(image, height, width):
    """The body of resize() of 0.14.5 for two axes, on today's warp(): a transformation from three
    corners, mode constant, value 0, no smoothing."""
    rows, columns = height, width
    row_scale = image.shape[0] / rows
    column_scale = image.shape[1] / columns
    if rows == 1 and columns == 1:
        form = skimage.transform.AffineTransform(
            translation=(image.shape[1] / 2.0 - 0.5, image.shape[0] / 2.0 - 0.5))
    else:
        to = numpy.array([[1, 1], [1, rows], [columns, rows]]) - 1
        come = numpy.zeros(to.shape, dtype=numpy.double)
        come[:, 0] = column_scale * (to[:, 0] + 0.5) - 0.5
        come[:, 1] = row_scale * (to[:, 1] + 0.5) - 0.5
        form = skimage.transform.AffineTransform()
        form.estimate(to, come)
    return skimage.transform.warp(image, form, output_shape=(height, width) + image.shape[2:],
                                  order=1, mode="constant", cval=0, clip=True)


def resize_pillow(image, height, width, filter_id):
    return numpy.asarray(PIL.Image.fromarray(image).resize((width, height), filter_id))


def write_array(out, role, array):
    array = array if array.ndim == 3 else array[:, :, None]
    height, width, channels = array.shape
    print(role, array.dtype, height, width, channels, file=out)
    digits = {"uint8": "%d", "float32": "%.9g", "float64": "%.17g"}[str(array.dtype)]
    for row in array.reshape(height, -1):
        print(" ".join(digits % value for value in row), file=out)


def images(random):
    """Name, image, sizes to resize it to (height, width)."""
    noise = random.integers(0, 256, (11, 9), dtype=numpy.uint8)
    levels = numpy.repeat(numpy.repeat(
        random.choice(numpy.array([0, 128, 255], numpy.uint8), (4, 5)), 3, 0), 2, 1)
    colours = random.integers(0, 256, (23, 31, 3), dtype=numpy.uint8)
    bright = random.integers(100, 256, (6, 8), dtype=numpy.uint8)
    floats = (random.random((10, 12)) * 2 - 0.5).astype(numpy.float32)
    yield "noise", noise, [(24, 20), (5, 4), (11, 9), (3, 21), (30, 2), (1, 1)]
    yield "levels", levels, [(31, 29), (6, 5)]
    yield "colours", colours, [(8, 6), (29, 12), (2, 3)]
    yield "bright", bright, [(13, 17), (3, 3)]
    yield "row", noise[:1], [(4, 5), (2, 18)]
    yield "pixel", noise[:1, :1], [(3, 4)]
    yield "floats", floats, [(25, 20), (4, 7), (10, 30)]


def main():
    folder = pathlib.Path(sys.argv[1])
    cases = list(images(numpy.random.default_rng(20240607)))
    head = "# made by scripts/make_resample_golden.py; {}, NumPy " + numpy.__version__
    with open(folder / "skimage.txt", "w", encoding="ascii") as out:
        print(head.format("scikit-image " + skimage.__version__), file=out)
        for name, image, sizes in cases:
            write_array(out, "image " + name, image)
            for size in sizes:
                write_array(out, "skimage014", resize_014(image, *size))
                write_array(out, "skimage019", resize_019(image, *size))
    with open(folder / "pillow.txt", "w", encoding="ascii") as out:
        print(head.format("Pillow " + PIL.__version__), file=out)
        for name, image, sizes in cases:
            if image.dtype != numpy.uint8:
                continue
            write_array(out, "image " + name, image)
            for size in sizes:
                write_array(out, "bilinear", resize_pillow(image, *size, PIL.Image.BILINEAR))
                write_array(out, "bicubic", resize_pillow(image, *size, PIL.Image.BICUBIC))


if __name__ == "__main__":
    main()
