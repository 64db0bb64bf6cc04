#!/bin/bash
# Builds the kernel of the bench from Debian's source: User Mode Linux with GPIO, I2C and our controller below it.
#
#     build.sh FOLDER
#
# Needs gcc, make, flex, bison, bc, xz-utils and Debian's package linux-source-6.12, which is downloaded, not installed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1" && cd "$1"
[ -n "$(compgen -G 'linux-source-6.12_*.deb')" ] || apt-get download linux-source-6.12
rm -rf package linux-source-6.12
dpkg-deb -x linux-source-6.12_*.deb package
tar xf package/usr/src/linux-source-6.12.tar.xz
cd linux-source-6.12
cp "$here/i2c-user.c" drivers/i2c/busses/
echo 'obj-y += i2c-user.o' >>drivers/i2c/busses/Makefile
make ARCH=um allnoconfig >/dev/null
scripts/kconfig/merge_config.sh -m .config "$here/fragment.config" >/dev/null
make ARCH=um olddefconfig >/dev/null
make ARCH=um -j"$(nproc)" linux >/dev/null
strip -o ../linux-uml linux
cd .. && rm -rf package linux-source-6.12
ls -l linux-uml
