@echo off
chcp 65001 >nul
title 举证
where wsl.exe >nul 2>nul
if errorlevel 1 goto nowsl
wsl.exe --cd "%~dp0." -- ./juzheng serve --open
rem Where WSL itself fails its status is negative, which "if errorlevel 1" would take for success.
if not "%errorlevel%"=="0" goto failed
exit /b 0

:nowsl
echo 这台电脑还没有 WSL。请右键“开始”菜单，打开“终端管理员”（或“PowerShell 管理员”），输入下面一行，按提示重启后再双击本文件：
echo.
echo     wsl --install -d Debian
echo.
pause
exit /b 1

:failed
echo.
echo 没有打开。请确认整个文件夹已经解压，juzheng 和 lib 与本文件放在一起，再双击一次。
echo 如果还没有装过 Debian：右键“开始”菜单，打开“终端管理员”（或“PowerShell 管理员”），输入 wsl --install -d Debian，按提示重启。
echo 如果是第一次使用，请先从“开始”菜单打开一次 Debian，设好用户名和密码。
pause
exit /b 1
