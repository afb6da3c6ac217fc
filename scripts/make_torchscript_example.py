#!/usr/bin/env python3
"""Makes the TorchScript network that tests of cards run.

Inputs:  none; needs PyTorch (Debian: python3-torch).
Outputs: the file named, a few kilobytes: of a tensor [1, 4, H, W] it gives (scores [1, 3, H, W] of
         background, unknown and foreground from the fourth channel, the trimap; alpha [1, 1, H, W],
         the mean of the first three channels plus a learned number that is 0, within [0, 1]). It
         finds its channels by a buffer of whole numbers, as transformers find positions: fewer than
         four are an error. LibTorch 1.13 cannot clip to [0, 1] in fp16 on a CPU.
Example: python3 scripts/make_torchscript_example.py tests/app/models/example.pt
"""
import sys

import torch


class Example(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.bias = torch.nn.Parameter(torch.zeros(1))
        self.register_buffer("order", torch.arange(4))

    def forward(self, x):
        x = x[:, self.order]
        level = x[:, 3:4]
        scores = torch.cat([0.25 - level, 0.25 - (level - 0.5).abs(), level - 0.75], 1)
        return scores, (x[:, :3].mean(1, keepdim=True) + self.bias).clamp(0, 1)


def main():
    torch.jit.script(Example()).save(sys.argv[1])


if __name__ == "__main__":
    main()
